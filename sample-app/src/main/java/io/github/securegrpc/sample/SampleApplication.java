package io.github.securegrpc.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;

/**
 * Starts the scenario of the active profile, {@code ledger} unless told otherwise. A
 * scenario that has a database brings it along.
 */
@SpringBootApplication(
		exclude = { DataSourceAutoConfiguration.class, PersistenceExceptionTranslationAutoConfiguration.class })
public class SampleApplication {

	/**
	 * Starts it.
	 * @param args settings, such as {@code --secure-grpc.cert=tls.crt}
	 */
	public static void main(String[] args) {
		SpringApplication.run(SampleApplication.class, args);
	}

}
