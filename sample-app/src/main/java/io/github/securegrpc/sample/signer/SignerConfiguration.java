package io.github.securegrpc.sample.signer;

import java.io.IOException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * The signer with its files. A key that is not there is made, for a validator of its own,
 * only where no state of a key is there either.
 */
@Configuration(proxyBeanMethods = false)
@Profile("signer")
@EnableConfigurationProperties(SignerProperties.class)
class SignerConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(SignerConfiguration.class);

	@Bean
	Signer signer(SignerProperties properties) throws IOException {
		KeyFile key = new KeyFile(properties.keyFile());
		StateFile state = StateFile.open(properties.stateFile());
		try {
			if (!key.exists() && !state.exists()) {
				state.write(SignState.NONE);
				key.generate();
				logger.warn("Made the key of a new validator, {}: for tests, until you have put your own there",
						properties.keyFile());
			}
			return new Signer(key.read(), state);
		}
		catch (RuntimeException | IOException ex) {
			state.close();
			throw ex;
		}
	}

}
