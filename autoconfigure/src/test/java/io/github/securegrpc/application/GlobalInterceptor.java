package io.github.securegrpc.application;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import net.devh.boot.grpc.server.interceptor.GrpcGlobalServerInterceptor;
import org.springframework.grpc.server.GlobalServerInterceptor;

/**
 * An interceptor of every service, whichever engine asks.
 */
@Retention(RetentionPolicy.RUNTIME)
@GrpcGlobalServerInterceptor
@GlobalServerInterceptor
public @interface GlobalInterceptor {

}
