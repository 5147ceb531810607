package io.github.securegrpc.sample.signer;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

import com.google.protobuf.ByteString;

/**
 * A validator's key of Ed25519 (RFC 8032). Thread-safe.
 */
final class SigningKey {

	static final int SEED_LENGTH = 32;

	static final int LENGTH = 64;

	private static final String ALGORITHM = "Ed25519";

	private static final int ADDRESS_LENGTH = 20;

	/* What stands before the bytes of a key, RFC 8410. */
	private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

	private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

	private final PrivateKey privateKey;

	private final ByteString publicKey;

	private SigningKey(PrivateKey privateKey, ByteString publicKey) {
		this.privateKey = privateKey;
		this.publicKey = publicKey;
	}

	/* Its seed, and the public key behind it. */
	static SigningKey of(byte[] seedAndPublic) throws GeneralSecurityException {
		if (seedAndPublic.length != LENGTH) {
			throw new GeneralSecurityException(
					"it has %d bytes (expected: %d)".formatted(seedAndPublic.length, LENGTH));
		}
		byte[] seed = Arrays.copyOf(seedAndPublic, SEED_LENGTH);
		byte[] point = Arrays.copyOfRange(seedAndPublic, SEED_LENGTH, LENGTH);
		KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
		SigningKey key = new SigningKey(keys.generatePrivate(new PKCS8EncodedKeySpec(concatenated(PKCS8, seed))),
				ByteString.copyFrom(point));
		if (!verifies(keys.generatePublic(new X509EncodedKeySpec(concatenated(SPKI, point))), key.sign(point), point)) {
			throw new GeneralSecurityException("its public key does not belong to its seed");
		}
		return key;
	}

	private static boolean verifies(PublicKey publicKey, ByteString signature, byte[] message)
			throws GeneralSecurityException {
		Signature verifier = Signature.getInstance(ALGORITHM);
		verifier.initVerify(publicKey);
		verifier.update(message);
		return verifier.verify(signature.toByteArray());
	}

	/* A seed and the public key behind it. */
	static byte[] generate() throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
		generator.initialize(255, new SecureRandom());
		KeyPair pair = generator.generateKeyPair();
		byte[] seed = Arrays.copyOfRange(pair.getPrivate().getEncoded(), PKCS8.length, PKCS8.length + SEED_LENGTH);
		byte[] point = Arrays.copyOfRange(pair.getPublic().getEncoded(), SPKI.length, SPKI.length + SEED_LENGTH);
		return concatenated(seed, point);
	}

	private static byte[] concatenated(byte[] first, byte[] second) {
		byte[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	ByteString sign(byte[] message) {
		try {
			Signature signer = Signature.getInstance(ALGORITHM);
			signer.initSign(this.privateKey);
			signer.update(message);
			return ByteString.copyFrom(signer.sign());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("a key that has signed before does not sign", ex);
		}
	}

	ByteString publicKey() {
		return this.publicKey;
	}

	/* What Tendermint calls the validator. */
	static String address(ByteString publicKey) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(publicKey.toByteArray());
			return HexFormat.of().withUpperCase().formatHex(hash, 0, ADDRESS_LENGTH);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return "SigningKey[address=%s, privateKey=****]".formatted(address(this.publicKey));
	}

}
