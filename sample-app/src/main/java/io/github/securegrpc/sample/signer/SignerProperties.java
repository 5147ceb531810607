package io.github.securegrpc.sample.signer;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the signer signs with.
 *
 * @param chainId the one chain that it signs for
 * @param keyFile Tendermint's {@code priv_validator_key.json}
 * @param stateFile Tendermint's {@code priv_validator_state.json}
 */
@ConfigurationProperties("sample.signer")
record SignerProperties(@DefaultValue("test-chain") String chainId,
		@DefaultValue("priv_validator_key.json") Path keyFile,
		@DefaultValue("priv_validator_state.json") Path stateFile) {
}
