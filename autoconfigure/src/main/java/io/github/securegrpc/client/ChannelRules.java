package io.github.securegrpc.client;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.grpc.ClientInterceptor;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.Plaintext;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsProperties;
import io.github.securegrpc.material.check.ProtocolsCheck;
import io.github.securegrpc.material.source.BundleOptions;
import io.github.securegrpc.material.source.MaterialSources;
import io.github.securegrpc.rotation.RotatingMaterial;
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
			null, null, null, null, null, null, null);

	private final ClientProperties client;

	private final TlsProperties defaults;

	private final MaterialSources sources;

	private final ClientMaterials materials;

	private final Map<String, SecureChannel> decided = new ConcurrentHashMap<>();

	ChannelRules(ClientProperties client, TlsProperties defaults, MaterialSources sources, ClientMaterials materials) {
		this.client = client;
		this.defaults = defaults;
		this.sources = sources;
		this.materials = materials;
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
		SecureChannel decided = settle(name, target);
		checkPlaintext(name, target, decided.plaintext());
		this.decided.put(name, decided);
		return decided;
	}

	/**
	 * Decides for a channel whose targets are learned at run time.
	 * @param name the channel's name
	 * @return the decision, whose target is the name
	 * @throws RefusedException if there is no secure answer
	 */
	public SecureChannel decide(String name) {
		return this.decided.computeIfAbsent(name, (it) -> {
			checkName(it, List.of());
			return settle(it, it);
		});
	}

	private SecureChannel settle(String name, String target) {
		ClientProperties.Channel channel = this.client.channels().getOrDefault(name, NOTHING);
		checkNotEmpty(name, channel);
		calls(name);
		Plaintext plaintext = plaintext(name, channel);
		return (plaintext != Plaintext.REFUSE) ? inPlaintext(name, target, plaintext) : tls(name, target, channel);
	}

	/**
	 * Returns what holds for a target that was learned at run time.
	 * @param name the name of the channel that says how it is secured
	 * @param target the target, as grpc-java takes it
	 * @param serverName the name that the server has to prove, or {@code null} for what
	 * the properties say or else the host that is dialled
	 * @return the decision
	 * @throws RefusedException if the channel may not dial it
	 */
	public SecureChannel dial(String name, String target, @Nullable String serverName) {
		SecureChannel profile = decide(name);
		checkPlaintext(name, target, profile.plaintext());
		if (serverName != null) {
			ServerNames.check("the server name for %s".formatted(target), serverName);
		}
		else if (profile.material() != null && profile.serverName() == null) {
			ServerNames.checkTarget(name, target);
		}
		return profile.dialling(target, serverName);
	}

	/**
	 * Returns what is done to every call of a channel, next to the transport.
	 * @param name the channel's name at the engine
	 * @return the interceptors, or none
	 * @throws RefusedException if a setting cannot be meant
	 */
	public List<ClientInterceptor> calls(String name) {
		return ChannelCalls.of(name, this.client.channels().getOrDefault(name, NOTHING));
	}

	/**
	 * Loads what channels share, before there is any.
	 * @param inherited whether also where the client's level says nothing and the top
	 * level does
	 */
	public void loadShared(boolean inherited) {
		if (this.client.plaintext() == Plaintext.REFUSE
				&& (this.client.level().isPresent() || (inherited && this.defaults.level().isPresent()))) {
			this.materials.shared(List.of(this.client.level(), this.defaults.level()));
		}
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
	 * @param learned whether the application opens channels at run time: it makes what
	 * the engine does not know
	 * @throws RefusedException if one of these was probably meant by another name; one
	 * that is like none is warned of
	 */
	public void checkNames(Collection<String> known, boolean learned) {
		new ChannelNames(named()).checkAll(known, learned);
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
		boolean own = channel.level(name).isPresent() || channel.serverName() != null || channel.pins() != null
				|| channel.basicAuth() != null;
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

	private static void checkPlaintext(String name, String target, Plaintext plaintext) {
		if (plaintext == Plaintext.LOOPBACK && !LoopbackTarget.isLoopback(target)) {
			throw new RefusedException(
					"plaintext is loopback, but the channel %s dials %s (expected: 127.0.0.1, ::1, localhost or unix:)"
						.formatted(name, target),
					"Set secure-grpc.client.channels.%s.plaintext=refuse to have TLS, or dial a loopback address."
						.formatted(name));
		}
	}

	private static SecureChannel inPlaintext(String name, String target, Plaintext plaintext) {
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
		RotatingMaterial material = own ? this.materials.own(name, levels) : this.materials.shared(levels);
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

}
