package io.github.securegrpc.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.FallbackMaterial;
import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;
import io.github.securegrpc.material.check.MaterialCheck;
import io.github.securegrpc.material.source.MaterialSources;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.text.PrintableLog;

/**
 * The material of the channels. Those without material of their own share the client's.
 * Thread-safe.
 */
final class ClientMaterials {

	private static final PrintableLog logger = PrintableLog.of(ClientMaterials.class);

	private final MaterialSources sources;

	private final RotatingMaterials materials;

	private final @Nullable FallbackMaterial fallback;

	private final Map<String, RotatingMaterial> loaded = new ConcurrentHashMap<>();

	ClientMaterials(MaterialSources sources, RotatingMaterials materials, @Nullable FallbackMaterial fallback) {
		this.sources = sources;
		this.materials = materials;
		this.fallback = fallback;
	}

	/* Of a channel that has some of its own. */
	RotatingMaterial own(String channel, List<MaterialLevel> levels) {
		return this.loaded.computeIfAbsent("client." + channel, (name) -> load(name, levels));
	}

	/* Of all others. */
	RotatingMaterial shared(List<MaterialLevel> levels) {
		return this.loaded.computeIfAbsent("client", (name) -> load(name, levels));
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
