mod device_authorization;
mod introspect;
mod token;
