package io.github.securegrpc.sample.ledger.store;

/**
 * The database did not do what it was asked to. A change was perhaps made, if it failed
 * with the answer to a commit, and never when it was refused before.
 */
public final class BooksException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	BooksException(RuntimeException cause) {
		super("the database of the ledger failed: " + cause.getMessage(), cause);
	}

}
