# Texts of the page that "tegata agent open" shows on a machine. It works without JavaScript.
