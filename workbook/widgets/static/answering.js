begin(respondWidget);
