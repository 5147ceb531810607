package io.github.securegrpc.application;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.util.function.UnaryOperator;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.TestCertificates;

/**
 * The files of a server and a client that trust one CA, and every way to rotate them, one
 * after the other: the same key renewed, key and leaf, a second CA beside the first,
 * leaves of the second, and the first CA gone.
 */
final class RollingPki {

	private final Path directory;

	private X509Bundle authority = TestCertificates.authority("ca 0");

	private X509Bundle next = this.authority;

	private X509Bundle server;

	private X509Bundle client;

	private @Nullable X509Bundle leaving;

	private int step;

	RollingPki(Path directory) {
		this.directory = directory;
		this.server = server(null);
		this.client = client(null);
		write();
	}

	/* Returns whether a CA left. */
	boolean rotate() {
		boolean caLeft = false;
		switch (this.step++ % 5) {
			case 0 -> leaves(this.server.getKeyPair(), this.client.getKeyPair());
			case 1 -> leaves(null, null);
			case 2 -> {
				this.next = TestCertificates.authority("ca " + this.step);
				this.server = server(this.server.getKeyPair());
				this.client = client(this.client.getKeyPair());
			}
			case 3 -> {
				X509Bundle old = this.authority;
				this.leaving = this.client;
				this.authority = this.next;
				leaves(null, null);
				this.next = old;
			}
			default -> {
				this.next = this.authority;
				this.server = server(this.server.getKeyPair());
				this.client = client(this.client.getKeyPair());
				this.leaving = null;
				caLeft = true;
			}
		}
		write();
		return caLeft;
	}

	/* A client of the CA that leaves next, else the current one. */
	X509Bundle leaving() {
		return (this.leaving != null) ? this.leaving : this.client;
	}

	X509Bundle server() {
		return this.server;
	}

	X509Bundle client() {
		return this.client;
	}

	Path file(String name) {
		return this.directory.resolve(name);
	}

	private void leaves(@Nullable KeyPair serverKey, @Nullable KeyPair clientKey) {
		this.server = server(serverKey);
		this.client = client(clientKey);
	}

	private X509Bundle server(@Nullable KeyPair key) {
		return leaf(key,
				(builder) -> builder.subject("CN=server").addSanDnsName("localhost").addExtendedKeyUsageServerAuth());
	}

	private X509Bundle client(@Nullable KeyPair key) {
		return leaf(key,
				(builder) -> builder.subject("CN=client").addSanDnsName("client").addExtendedKeyUsageClientAuth());
	}

	private X509Bundle leaf(@Nullable KeyPair key, UnaryOperator<CertificateBuilder> names) {
		return TestCertificates.issue((builder) -> names.apply((key != null) ? builder.keyPair(key) : builder),
				this.authority);
	}

	private void write() {
		write("server", this.server);
		write("client", this.client);
		String anchors = TestCertificates.pem(this.authority.getCertificate());
		if (this.next != this.authority) {
			anchors += TestCertificates.pem(this.next.getCertificate());
		}
		write("ca.crt", anchors);
	}

	private void write(String name, X509Bundle bundle) {
		write(name + ".crt", TestCertificates.pem(bundle.getCertificate()));
		write(name + ".key", TestCertificates.pem(bundle.getKeyPair().getPrivate()));
	}

	private void write(String name, String content) {
		try {
			Path written = TestCertificates.write(file(name + ".new"), content);
			Files.move(written, file(name), StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
