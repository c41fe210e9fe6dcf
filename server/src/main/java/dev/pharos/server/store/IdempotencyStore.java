// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// The answers to requests that carried an `Idempotency-Key`, kept for a day, so that the same request sent again
/// gets the same answer and does nothing twice.
public final class IdempotencyStore {
    private final Database database;

    public IdempotencyStore(Database database) {
        this.database = database;
    }

    /// What is known of a key.
    public sealed interface Claim {}

    /// The key is new and now ours: carry the request out, then say [#finish] or [#forget].
    public record Fresh() implements Claim {}

    /// The key came with another request before.
    public record Different() implements Claim {}

    /// The same request is being carried out.
    public record Running() implements Claim {}

    public record Answered(int status, String contentType, Bytes body) implements Claim {}

    /// @param user whose key it is: keys of different users never meet
    /// @param request what the key is for: method, path and body
    public Claim claim(String user, String key, String request, Instant now) {
        byte[] keyHash = Storable.hash(user, key);
        byte[] requestHash = Storable.hash(request);
        return database.inTransaction(handle -> {
            handle.execute(
                    "delete from idempotency where time < ? or (key = ? and status is null and time < ?)",
                    Storable.time(now.minus(Limits.IDEMPOTENCY_KEYS)),
                    keyHash,
                    Storable.time(now.minus(Limits.IDEMPOTENT_REQUEST)));
            int inserted = handle.execute(
                    "insert into idempotency (key, request_hash, time) values (?, ?, ?) on conflict do nothing",
                    keyHash,
                    requestHash,
                    Storable.time(now));
            if (inserted > 0) {
                return new Fresh();
            }
            Optional<Claim> known = handle.createQuery("select * from idempotency where key = :key")
                    .bind("key", keyHash)
                    .map((rows, context) -> claim(rows, requestHash))
                    .findOne();
            // taken back by the other request between our two statements
            return known.orElseGet(Running::new);
        });
    }

    private static Claim claim(ResultSet rows, byte[] requestHash) throws SQLException {
        if (!Arrays.equals(rows.getBytes("request_hash"), requestHash)) {
            return new Different();
        }
        int status = rows.getInt("status");
        if (rows.wasNull()) {
            return new Running();
        }
        return new Answered(status, rows.getString("content_type"), Bytes.adopt(rows.getBytes("body")));
    }

    public void finish(String user, String key, Answered answer) {
        database.with(handle -> handle.execute(
                "update idempotency set status = ?, content_type = ?, body = ? where key = ?",
                answer.status(),
                answer.contentType(),
                answer.body().toByteArray(),
                Storable.hash(user, key)));
    }

    /// The request was not carried out: it may be tried again with the same key.
    public void forget(String user, String key) {
        database.with(handle -> handle.execute("delete from idempotency where key = ?", Storable.hash(user, key)));
    }
}
