mod honest;
mod hostile;
