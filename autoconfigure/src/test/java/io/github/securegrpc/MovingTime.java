package io.github.securegrpc;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.securegrpc.material.SecurityClock;

/**
 * Has an application go by a clock that tests move.
 */
@Configuration(proxyBeanMethods = false)
public class MovingTime {

	@Bean(SecurityClock.NAME)
	MutableClock secureGrpcClock() {
		return new MutableClock();
	}

}
