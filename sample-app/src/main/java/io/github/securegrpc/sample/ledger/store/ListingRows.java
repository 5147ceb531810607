package io.github.securegrpc.sample.ledger.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Gathers transactions from rows of which each is a line, those of a transaction one
 * after the other.
 */
final class ListingRows implements RowCallbackHandler {

	private final List<PostedTransaction> transactions = new ArrayList<>();

	private final List<PostedLine> lines = new ArrayList<>();

	private @Nullable PostedTransaction current;

	@Override
	public void processRow(ResultSet row) throws SQLException {
		String identifier = row.getString("identifier");
		if (this.current == null || !this.current.identifier().equals(identifier)) {
			finish();
			this.current = new PostedTransaction(identifier, row.getString("entry_date"), row.getString("description"),
					row.getString("voids"), List.of());
		}
		this.lines.add(new PostedLine(row.getString("account"), row.getString("line_description"),
				row.getString("currency"), row.getLong("amount")));
	}

	List<PostedTransaction> transactions() {
		finish();
		return List.copyOf(this.transactions);
	}

	private void finish() {
		if (this.current != null) {
			this.transactions.add(new PostedTransaction(this.current.identifier(), this.current.entryDate(),
					this.current.description(), this.current.voids(), this.lines));
			this.lines.clear();
			this.current = null;
		}
	}

}
