# Tekster til den side, som "tegata agent open" viser på en maskine. Den virker uden JavaScript.
