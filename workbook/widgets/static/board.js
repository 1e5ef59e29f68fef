begin(screenWidget);
