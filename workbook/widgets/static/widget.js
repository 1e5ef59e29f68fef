export default screenWidget;
