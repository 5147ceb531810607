package io.github.securegrpc.rotation;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.TlsMaterialSource;
import io.github.securegrpc.material.check.MaterialCheck;
import io.github.securegrpc.text.PrintableLog;

/**
 * All the material of the application, and the looks at its sources. A source that does
 * not answer holds up no other. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RotatingMaterials {

	private static final PrintableLog logger = PrintableLog.of(RotatingMaterials.class);

	/* How long an ordinary look may take. */
	private static final Duration TURN = Duration.ofMillis(100);

	private static final AtomicInteger THREADS = new AtomicInteger();

	private final List<MaterialLooks> looks = new CopyOnWriteArrayList<>();

	private final List<RotatingFile<?>> files = new CopyOnWriteArrayList<>();

	/* As many as sources that keep us waiting, and one. */
	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "secure-grpc-look-" + THREADS.incrementAndGet());
		thread.setDaemon(true);
		return thread;
	});

	private final Announcements announcements;

	private final Clock clock;

	private final Duration patience;

	/**
	 * Creates an empty collection.
	 * @param listeners calls every listener
	 * @param clock tells the time
	 */
	public RotatingMaterials(Consumer<Consumer<RotationListener>> listeners, Clock clock) {
		this(listeners, clock, ReloadProperties.MOST_PATIENCE);
	}

	RotatingMaterials(Consumer<Consumer<RotationListener>> listeners, Clock clock, Duration patience) {
		this.announcements = new Announcements(listeners);
		this.clock = clock;
		this.patience = patience;
	}

	/**
	 * Loads material, checks it, and keeps it from now on.
	 * @param name the material's name: {@code server}, {@code client} or
	 * {@code client.<channel>}
	 * @param source loads it
	 * @param side the side that presents the identity
	 * @return the material
	 * @throws io.github.securegrpc.material.RefusedException if it cannot be used
	 */
	public RotatingMaterial load(String name, TlsMaterialSource source, MaterialCheck.Side side) {
		LoadWatch watch = new LoadWatch(name, source.origin(), this.patience);
		this.threads.execute(watch);
		try {
			RotatingMaterial material = new RotatingMaterial(name, source, new MaterialCheck(side, this.clock),
					this.clock);
			material.addListener(new AuthorityLeafWarning(source.origin()));
			this.announcements.loaded(material);
			this.looks.add(new MaterialLooks(material, this.threads, this.announcements, this.clock));
			return material;
		}
		finally {
			watch.end();
		}
	}

	/**
	 * Reads a file again from now on, whenever the sources are asked.
	 * @param file the file
	 */
	public void watch(RotatingFile<?> file) {
		this.files.add(file);
	}

	/**
	 * Returns all files that are read besides.
	 * @return the files
	 */
	public List<RotatingFile<?>> files() {
		return List.copyOf(this.files);
	}

	/**
	 * Returns all material loaded so far.
	 * @return the material
	 */
	public List<RotatingMaterial> all() {
		return this.looks.stream().map(MaterialLooks::material).toList();
	}

	/**
	 * Asks every source that can change, takes what is new and good, and says what was
	 * refused. A source that does not answer in time is left to answer later.
	 * @return when to ask again at the latest because something is held until then, or
	 * {@code null}
	 */
	public @Nullable Instant tick() {
		return heldUntil(ask(RotatingMaterial::canChange, true));
	}

	/**
	 * Asks every source that can change, and takes what is new and good. What is not good
	 * may be half-written: it is left to the next {@link #tick()} to say so.
	 * @return as {@link #tick()}
	 */
	public @Nullable Instant hasten() {
		return heldUntil(ask(RotatingMaterial::canChange, false));
	}

	/**
	 * Asks every source, and returns what came of it by the material's name. Returns in
	 * bounded time.
	 * @return the outcomes
	 */
	public Map<String, Outcome> reload() {
		return ask((material) -> true, true);
	}

	Set<Path> directories() {
		Set<Path> directories = new HashSet<>();
		for (RotatingMaterial material : all()) {
			try {
				directories.addAll(material.directories());
			}
			catch (RuntimeException | Error ex) {
				logger.debug("No file events for %s: changes are found by polling".formatted(material.name()), ex);
			}
		}
		this.files.forEach((file) -> directories.addAll(file.directories()));
		return directories;
	}

	/* Ends every look that can be interrupted; none keeps the JVM alive. */
	void stop() {
		this.threads.shutdownNow();
	}

	/*
	 * In turn, as long as each answers: one thread is enough then. Of a source that is
	 * overdue already nobody expects an answer now.
	 */
	private Map<String, Outcome> ask(Predicate<RotatingMaterial> whom, boolean aloud) {
		this.files.forEach((file) -> file.ask(this.threads, aloud, this.announcements));
		Map<MaterialLooks, MaterialLooks.Look> asked = new LinkedHashMap<>();
		for (MaterialLooks material : this.looks) {
			if (whom.test(material.material())) {
				MaterialLooks.Look look = material.ask(aloud);
				look.await(isOverdue(material) ? Duration.ZERO : TURN);
				asked.put(material, look);
			}
		}
		long deadline = System.nanoTime() + this.patience.toNanos();
		Map<String, Outcome> outcomes = new LinkedHashMap<>();
		asked.forEach((material, look) -> outcomes.put(material.material().name(), material.outcome(look,
				isOverdue(material) ? Duration.ZERO : Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))));
		return outcomes;
	}

	private static boolean isOverdue(MaterialLooks material) {
		return material.material().overdueSince() != null;
	}

	private static @Nullable Instant heldUntil(Map<String, Outcome> outcomes) {
		return outcomes.values()
			.stream()
			.flatMap((outcome) -> (outcome instanceof Outcome.Held held) ? Stream.of(held.until()) : Stream.empty())
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

}
