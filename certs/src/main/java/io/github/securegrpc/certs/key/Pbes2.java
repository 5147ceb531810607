package io.github.securegrpc.certs.key;

import java.io.IOException;
import java.util.Arrays;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * The encryption scheme PBES2 (RFC 8018, 6.2) with PBKDF2 or scrypt, AES or triple DES.
 * What it costs is bounded before.
 *
 * @param parameters what the file asks for
 */
record Pbes2(PBES2Parameters parameters) {

	byte[] encrypt(byte[] content, Passphrase passphrase) throws IOException, InvalidCipherTextException {
		return run(true, content, passphrase);
	}

	byte[] decrypt(byte[] content, Passphrase passphrase) throws IOException, InvalidCipherTextException {
		return run(false, content, passphrase);
	}

	private byte[] run(boolean encrypts, byte[] content, Passphrase passphrase)
			throws IOException, InvalidCipherTextException {
		ASN1ObjectIdentifier scheme = this.parameters.getEncryptionScheme().getAlgorithm();
		byte[] iv = ASN1OctetString.getInstance(this.parameters.getEncryptionScheme().getParameters()).getOctets();
		PaddedBufferedBlockCipher cipher = new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(cipher(scheme)));
		cipher.init(encrypts, new ParametersWithIV(new KeyParameter(key(keyBytes(scheme), passphrase)), iv));
		byte[] result = new byte[cipher.getOutputSize(content.length)];
		int length = cipher.processBytes(content, 0, content.length, result, 0);
		return Arrays.copyOf(result, length + cipher.doFinal(result, length));
	}

	private byte[] key(int length, Passphrase passphrase) throws IOException {
		byte[] secret = PBEParametersGenerator.PKCS5PasswordToUTF8Bytes(passphrase.characters());
		KeyDerivationFunc function = this.parameters.getKeyDerivationFunc();
		if (MiscObjectIdentifiers.id_scrypt.equals(function.getAlgorithm())) {
			ScryptParams scrypt = ScryptParams.getInstance(function.getParameters());
			return SCrypt.generate(secret, scrypt.getSalt(), scrypt.getCostParameter().intValueExact(),
					scrypt.getBlockSize().intValueExact(), scrypt.getParallelizationParameter().intValueExact(),
					length);
		}
		if (!PKCSObjectIdentifiers.id_PBKDF2.equals(function.getAlgorithm())) {
			throw new IOException("Unknown key derivation function " + function.getAlgorithm());
		}
		PBKDF2Params pbkdf2 = PBKDF2Params.getInstance(function.getParameters());
		PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(digest(pbkdf2.getPrf()));
		generator.init(secret, pbkdf2.getSalt(), pbkdf2.getIterationCount().intValueExact());
		return ((KeyParameter) generator.generateDerivedParameters(length * Byte.SIZE)).getKey();
	}

	private static BlockCipher cipher(ASN1ObjectIdentifier scheme) {
		return PKCSObjectIdentifiers.des_EDE3_CBC.equals(scheme) ? new DESedeEngine() : AESEngine.newInstance();
	}

	private static int keyBytes(ASN1ObjectIdentifier scheme) throws IOException {
		if (NISTObjectIdentifiers.id_aes128_CBC.equals(scheme)) {
			return 16;
		}
		if (NISTObjectIdentifiers.id_aes192_CBC.equals(scheme) || PKCSObjectIdentifiers.des_EDE3_CBC.equals(scheme)) {
			return 24;
		}
		if (NISTObjectIdentifiers.id_aes256_CBC.equals(scheme)) {
			return 32;
		}
		throw new IOException("Unknown cipher " + scheme);
	}

	private static Digest digest(AlgorithmIdentifier function) throws IOException {
		ASN1ObjectIdentifier id = function.getAlgorithm();
		if (PKCSObjectIdentifiers.id_hmacWithSHA1.equals(id)) {
			return new SHA1Digest();
		}
		if (PKCSObjectIdentifiers.id_hmacWithSHA224.equals(id)) {
			return new SHA224Digest();
		}
		if (PKCSObjectIdentifiers.id_hmacWithSHA256.equals(id)) {
			return SHA256Digest.newInstance();
		}
		if (PKCSObjectIdentifiers.id_hmacWithSHA384.equals(id)) {
			return new SHA384Digest();
		}
		if (PKCSObjectIdentifiers.id_hmacWithSHA512.equals(id)) {
			return new SHA512Digest();
		}
		throw new IOException("Unknown pseudo-random function " + id);
	}

}
