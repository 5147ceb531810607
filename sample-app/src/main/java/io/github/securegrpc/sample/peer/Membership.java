package io.github.securegrpc.sample.peer;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.securegrpc.sample.peer.Outcome.Kind;
import io.github.securegrpc.sample.peer.proto.RootMessage;

/**
 * The neighbours of this node, and those on the way to be some: a bounded number, each
 * with a channel, which is closed when it leaves. Thread-safe.
 */
final class Membership implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Membership.class);

	private static final long FAREWELL_MILLIS = 1000;

	private final Map<PeerAddress, Member> members = new ConcurrentHashMap<>();

	/* Why those to join have not, as far as it was said. */
	private final Map<PeerAddress, String> unjoined = new ConcurrentHashMap<>();

	private final Neighbourhood neighbourhood;

	private final Function<PeerAddress, PeerLink> links;

	private final LongSupplier nanoTime;

	private final LimitedLog limited;

	Membership(Neighbourhood neighbourhood, Function<PeerAddress, PeerLink> links, LongSupplier nanoTime) {
		this.neighbourhood = neighbourhood;
		this.links = links;
		this.nanoTime = nanoTime;
		this.limited = new LimitedLog(logger, nanoTime);
	}

	/* One that called and may claim the address; false if there is no place for it. */
	boolean greet(PeerAddress address) {
		Member member = admit(address);
		if (member == null) {
			return false;
		}
		member.link().wake();
		if (member.greets(this.nanoTime.getAsLong())) {
			joined(member);
		}
		return true;
	}

	/* A beat of one that may claim the address. */
	void heard(PeerAddress address) {
		Optional.ofNullable(this.members.get(address)).ifPresent(this::hear);
	}

	/* Those of the settings that are not here. */
	void join() {
		for (PeerAddress address : this.neighbourhood.join()) {
			if (!this.members.containsKey(address)) {
				Member member = Objects.requireNonNull(admit(address));
				member.link().handshake(this.neighbourhood.self(), (outcome) -> answered(member, outcome));
			}
		}
	}

	/* To all that know of us, or to those alone of whom it is not known. */
	void beat(RootMessage message, boolean newcomersOnly) {
		for (Member member : this.members.values()) {
			if (member.isGreeted() && !(newcomersOnly && member.isNeighbour())) {
				member.link().send(message, (outcome) -> told(member, outcome));
			}
		}
	}

	/* Drops those that are silent or deaf. */
	void look() {
		long now = this.nanoTime.getAsLong();
		this.members.values().forEach((member) -> member.overdue(now).ifPresent((why) -> drop(member, why, true)));
	}

	/* One that may claim the address goes. */
	void leave(PeerAddress address) {
		Optional.ofNullable(this.members.get(address))
			.ifPresent((member) -> drop(member, "it has disconnected", false));
	}

	/* Also those on the way. */
	List<Member> all() {
		return List.copyOf(this.members.values());
	}

	List<Member> neighbours() {
		return this.members.values()
			.stream()
			.filter(Member::isNeighbour)
			.sorted(Comparator.comparing((member) -> member.address().toString()))
			.toList();
	}

	private synchronized @Nullable Member admit(PeerAddress address) {
		Member known = this.members.get(address);
		if (known != null) {
			return known;
		}
		long others = this.members.keySet().stream().filter((it) -> !this.neighbourhood.join().contains(it)).count();
		if (!this.neighbourhood.join().contains(address) && others >= this.neighbourhood.most()) {
			return null;
		}
		Member member = new Member(address, this.links.apply(address), this.nanoTime.getAsLong());
		this.members.put(address, member);
		return member;
	}

	private void hear(Member member) {
		if (member.hears(this.nanoTime.getAsLong())) {
			joined(member);
		}
	}

	private void take(Member member) {
		if (member.takes(this.nanoTime.getAsLong())) {
			joined(member);
		}
	}

	private void joined(Member member) {
		this.unjoined.remove(member.address());
		logger.info("Peer {} joined: heard, and answers as the host of that address", member.address());
	}

	private void answered(Member member, Outcome outcome) {
		if (outcome.kind() == Kind.TAKEN) {
			take(member);
		}
		else if (member.isHeard()) {
			member.fails(outcome.detail()); // it called meanwhile
		}
		else {
			drop(member, outcome.detail(), false);
		}
	}

	private void told(Member member, Outcome outcome) {
		switch (outcome.kind()) {
			case TAKEN -> take(member);
			case REFUSED -> drop(member, outcome.detail(), true);
			case FAILED -> member.fails(outcome.detail());
			case LATE, LEFT_OUT -> logger.debug("Peer {} has not answered in time", member.address());
		}
	}

	private void drop(Member member, String why, boolean say) {
		if (!this.members.remove(member.address(), member)) {
			return;
		}
		if (member.isNeighbour()) {
			logger.info("Peer {} left: {}", member.address(), why);
		}
		else if (!this.neighbourhood.join().contains(member.address()) || isNews(member.address(), why)) {
			this.limited.warn("Peer %s has not joined: %s".formatted(member.address(), why));
		}
		if (say) {
			member.link().disconnect(this.neighbourhood.self());
		}
		else {
			member.link().close();
		}
	}

	/* It is tried again and again: said when the kind of failure changes. */
	private boolean isNews(PeerAddress address, String why) {
		String kind = why.replaceFirst(",.*", "");
		return !kind.equals(this.unjoined.put(address, kind));
	}

	/**
	 * Says goodbye, and waits for that a moment.
	 */
	@Override
	public void close() {
		List<Member> left = all();
		this.members.clear();
		left.forEach((member) -> member.link().disconnect(this.neighbourhood.self()));
		long end = this.nanoTime.getAsLong() + FAREWELL_MILLIS * 1_000_000;
		try {
			for (Member member : left) {
				member.link().awaitClosed(Math.max(0, (end - this.nanoTime.getAsLong()) / 1_000_000));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Who this node is and whom it takes in.
	 *
	 * @param self its address, as others are to spell it
	 * @param join those that always have a place
	 * @param most how many others have one
	 */
	record Neighbourhood(String self, Set<PeerAddress> join, int most) {
	}

}
