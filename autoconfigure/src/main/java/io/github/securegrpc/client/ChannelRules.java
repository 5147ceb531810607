package io.github.securegrpc.client;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.FallbackMaterial;
import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.Plaintext;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;
import io.github.securegrpc.material.TlsProperties;
import io.github.securegrpc.material.check.MaterialCheck;
import io.github.securegrpc.material.check.ProtocolsCheck;
import io.github.securegrpc.material.source.BundleOptions;
import io.github.securegrpc.material.source.MaterialSources;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.text.PrintableLog;

/**
 * Decides what each channel does, from its properties, the client's and the defaults, or
 * refuses with the reason. A channel that nothing is said about is TLS with the JVM's
 * roots. Channels without material of their own share the client's. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ChannelRules {

	private static final PrintableLog logger = PrintableLog.of(ChannelRules.class);

	private static final ClientProperties.Channel NOTHING = new ClientProperties.Channel(null, null, null, null, null,
			null, null, null, null, null);

	private final ClientProperties client;

	private final TlsProperties defaults;

	private final MaterialSources sources;

	private final RotatingMaterials materials;

	private final @Nullable FallbackMaterial fallback;

	private final Map<String, RotatingMaterial> loaded = new ConcurrentHashMap<>();

	private final Map<String, SecureChannel> decided = new ConcurrentHashMap<>();

	ChannelRules(ClientProperties client, TlsProperties defaults, MaterialSources sources, RotatingMaterials materials,
			@Nullable FallbackMaterial fallback) {
		this.client = client;
		this.defaults = defaults;
		this.sources = sources;
		this.materials = materials;
		this.fallback = fallback;
	}

	/**
	 * Returns the channels that the properties name.
	 * @return their names
	 */
	public Set<String> named() {
		return this.client.channels().keySet();
	}

	/**
	 * Decides for a channel.
	 * @param name the channel's name at the engine
	 * @param target the target it dials, as the engine has it
	 * @return the decision
	 * @throws RefusedException if there is no secure answer
	 */
	public SecureChannel decide(String name, String target) {
		ClientProperties.Channel channel = this.client.channels().getOrDefault(name, NOTHING);
		checkNotEmpty(name, channel);
		Plaintext plaintext = plaintext(name, channel);
		SecureChannel decided = (plaintext != Plaintext.REFUSE) ? plaintext(name, target, plaintext)
				: tls(name, target, channel);
		this.decided.put(name, decided);
		return decided;
	}

	/**
	 * Returns what was decided so far.
	 * @return the decisions by the channel's name, sorted
	 */
	public SortedMap<String, SecureChannel> decided() {
		return new TreeMap<>(this.decided);
	}

	/**
	 * Checks the names of channels in the properties.
	 * @param known the channels that the engine knows
	 * @throws RefusedException if one of these was probably meant by another name; one
	 * that is like none is warned of
	 */
	public void checkNames(Collection<String> known) {
		new ChannelNames(named()).checkAll(known);
	}

	/**
	 * Checks the name of a channel that is about to be made.
	 * @param name its name
	 * @param known the channels that the engine knows
	 * @throws RefusedException if the properties have settings that were probably meant
	 * for it, under another name
	 */
	public void checkName(String name, Collection<String> known) {
		new ChannelNames(named()).check(name, known);
	}

	private Plaintext plaintext(String name, ClientProperties.Channel channel) {
		boolean own = channel.level(name).isPresent() || channel.serverName() != null || channel.pins() != null;
		if (channel.plaintext() != null) {
			return exclusive(channel.plaintext(), own, ClientProperties.PREFIX + ".channels." + name);
		}
		exclusive(this.client.plaintext(), this.client.level().isPresent(), ClientProperties.PREFIX);
		return own ? Plaintext.REFUSE : this.client.plaintext();
	}

	private static Plaintext exclusive(Plaintext plaintext, boolean tls, String prefix) {
		if (plaintext != Plaintext.REFUSE && tls) {
			throw new RefusedException(
					"%s.plaintext is %s, but TLS settings stand beside it (expected: one of them)".formatted(prefix,
							plaintext.name().toLowerCase(Locale.ROOT)),
					"Remove %s.plaintext to have TLS.".formatted(prefix));
		}
		return plaintext;
	}

	private SecureChannel plaintext(String name, String target, Plaintext plaintext) {
		if (plaintext == Plaintext.LOOPBACK && !LoopbackTarget.isLoopback(target)) {
			throw new RefusedException(
					"plaintext is loopback, but the channel %s dials %s (expected: 127.0.0.1, ::1, localhost or unix:)"
						.formatted(name, target),
					"Set secure-grpc.client.channels.%s.plaintext=refuse to have TLS, or dial a loopback address."
						.formatted(name));
		}
		if (plaintext == Plaintext.ANYWHERE) {
			logger.warn(("The channel %s speaks plaintext with %s: anyone on the path can read and change every call "
					+ "(plaintext is anywhere)")
				.formatted(name, target));
		}
		return new SecureChannel(name, target, null, plaintext, List.of(), List.of(), null, List.of());
	}

	private SecureChannel tls(String name, String target, ClientProperties.Channel channel) {
		if (channel.serverName() != null) {
			ServerNames.check("%s.channels.%s.server-name".formatted(ClientProperties.PREFIX, name),
					channel.serverName());
		}
		else if (!target.equals(name)) {
			ServerNames.checkTarget(name, target);
		}
		boolean own = channel.level(name).isPresent();
		List<MaterialLevel> levels = own ? List.of(channel.level(name), this.client.level(), this.defaults.level())
				: List.of(this.client.level(), this.defaults.level());
		RotatingMaterial material = this.loaded.computeIfAbsent(own ? "client." + name : "client",
				(key) -> load(key, levels));
		BundleOptions options = this.sources.options(new ChannelIdentity(levels).read());
		return new SecureChannel(name, target, material, Plaintext.REFUSE,
				ProtocolsCheck.check(options.protocols(), options.ciphers(), "bundle options"), options.ciphers(),
				channel.serverName(), (channel.pins() != null) ? channel.pins() : List.of());
	}

	/* An empty value is mostly a variable that was not set. */
	private static void checkNotEmpty(String name, ClientProperties.Channel channel) {
		String empty = (channel.pins() != null && channel.pins().isEmpty()) ? "pins"
				: (channel.serverName() != null && channel.serverName().isBlank()) ? "server-name" : null;
		if (empty != null) {
			String property = "%s.channels.%s.%s".formatted(ClientProperties.PREFIX, name, empty);
			throw new RefusedException(
					"%s is empty (expected: %s)".formatted(property,
							empty.equals("pins") ? "at least one sha256/ and base64" : "a name"),
					"Set %s, or remove it.".formatted(property));
		}
	}

	private RotatingMaterial load(String name, List<MaterialLevel> levels) {
		ChannelIdentity identity = new ChannelIdentity(levels);
		TlsMaterialSource source = this.sources.resolve(identity.read(),
				(this.fallback != null) ? this.fallback.client() : null);
		if (source != null && identity.isNone()) {
			source = new WithoutIdentity(source, (material) -> true);
		}
		else if (source != null && identity.isShared()) {
			source = new WithoutIdentity(source, (material) -> isForServersOnly(name, material));
		}
		return this.materials.load(name, (source != null) ? source : new JvmRoots(), MaterialCheck.Side.CLIENT);
	}

	/* As public CAs issue them: who serves it need not present it. */
	private static boolean isForServersOnly(String name, TlsMaterial material) {
		boolean only = material.identity() != null && MaterialCheck.Side.SERVER.admits(material.identity().leaf())
				&& !MaterialCheck.Side.CLIENT.admits(material.identity().leaf());
		if (only) {
			logger.info(
					("The certificate of secure-grpc is for servers only (extended key usage serverAuth): %s presents "
							+ "none; where a server asks for one, set secure-grpc.client.cert and key")
						.formatted(name));
		}
		return only;
	}

	/** No certificate of ours, and servers are judged by the JVM's roots. */
	private static final class JvmRoots implements TlsMaterialSource {

		@Override
		public TlsMaterial load() {
			return new TlsMaterial(null, null);
		}

		@Override
		public MaterialOrigin origin() {
			return new MaterialOrigin(null, null, null);
		}

		@Override
		public boolean canChange() {
			return false;
		}

	}

}
