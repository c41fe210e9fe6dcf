// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.Bytes;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The passkeys that people sign in with. They go with their person.
public final class PasskeyStore {
    private final Database database;

    public PasskeyStore(Database database) {
        this.database = database;
    }

    /// A passkey as it is kept.
    ///
    /// @param credential what its authenticator calls it
    /// @param name what its owner calls it
    /// @param publicKey a COSE_Key (RFC 9052, section 7)
    /// @param counter of signatures, as of the last one; 0 where the authenticator does not count
    /// @param transports how it may be reached, in WebAuthn's words
    public record StoredPasskey(
            long id,
            Bytes credential,
            String owner,
            String name,
            Bytes publicKey,
            long counter,
            List<String> transports,
            Instant created,
            Optional<Instant> lastUsed) {
        @Override
        public String toString() {
            return "StoredPasskey[" + id + "]";
        }
    }

    /// What authenticators call this person: the handle that is there, or else this one.
    public Bytes handle(String owner, Bytes otherwise) {
        return database.with(handle -> {
            handle.execute(
                    "insert into passkey_handles (owner, handle) values (?, ?) on conflict do nothing",
                    owner,
                    otherwise.toByteArray());
            return Bytes.adopt(handle.createQuery("select handle from passkey_handles where owner = :owner")
                    .bind("owner", owner)
                    .mapTo(byte[].class)
                    .one());
        });
    }

    /// Empty where nobody has begun to add one for them.
    public Optional<Bytes> handle(String owner) {
        return database.with(handle -> handle.createQuery("select handle from passkey_handles where owner = :owner")
                .bind("owner", owner)
                .mapTo(byte[].class)
                .findOne()
                .map(Bytes::adopt));
    }

    /// @param key its own number counts for nothing
    /// @param most as many as one person may have
    /// @return what it is now; empty where the credential is known already, or there is no room
    public Optional<StoredPasskey> add(StoredPasskey key, int most) {
        return database.with(handle -> handle.createQuery("""
                        insert into passkeys (credential, owner, name, public_key, counter, transports, created)
                        select :credential, :owner, :name, :publicKey, :counter, cast(:transports as text[]), :created
                        where (select count(*) from passkeys where owner = :owner) < :most
                        on conflict do nothing returning *
                        """)
                .bind("credential", key.credential().toByteArray())
                .bind("owner", key.owner())
                .bind("name", Storable.text(key.name()))
                .bind("publicKey", key.publicKey().toByteArray())
                .bind("counter", key.counter())
                .bindArray("transports", String.class, key.transports())
                .bind("created", Storable.time(key.created()))
                .bind("most", most)
                .map((rows, context) -> passkey(rows))
                .findOne());
    }

    /// Whose people its owner belongs to.
    public Optional<Tenant> tenantOf(Bytes credential) {
        return Tenant.ofServer(() ->
                database.with(handle -> handle.createQuery("select tenant from passkeys where credential = :credential")
                        .bind("credential", credential.toByteArray())
                        .mapTo(Short.class)
                        .findOne()
                        .map(Tenant::new)));
    }

    public Optional<StoredPasskey> find(Bytes credential) {
        return database.with(handle -> handle.createQuery("select * from passkeys where credential = :credential")
                .bind("credential", credential.toByteArray())
                .map((rows, context) -> passkey(rows))
                .findOne());
    }

    /// Oldest first.
    public List<StoredPasskey> of(String owner) {
        return database.with(handle -> handle.createQuery("select * from passkeys where owner = :owner order by id")
                .bind("owner", owner)
                .map((rows, context) -> passkey(rows))
                .list());
    }

    /// How many each person has; who has none is left out.
    public Map<String, Integer> counts() {
        return database.with(handle -> handle.createQuery("select owner, count(*) as keys from passkeys group by owner")
                .map((rows, context) -> Map.entry(rows.getString("owner"), rows.getInt("keys")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /// Of two signatures with one count only one is taken.
    ///
    /// @param counter 0 where the authenticator does not count
    /// @return whether the passkey is still there, and its counter was lower or does not count
    public boolean used(long id, long counter, Instant now) {
        return database.with(handle -> handle.execute(
                        "update passkeys set counter = ?, last_used = ?"
                                + " where id = ? and (counter < ? or (counter = 0 and ? = 0))",
                        counter,
                        Storable.time(now),
                        id,
                        counter,
                        counter)
                > 0);
    }

    /// @return whether they have this one
    public boolean rename(String owner, long id, String name) {
        return database.with(handle -> handle.execute(
                        "update passkeys set name = ? where owner = ? and id = ?", Storable.text(name), owner, id)
                > 0);
    }

    public void remove(String owner, long id) {
        database.with(handle -> handle.execute("delete from passkeys where owner = ? and id = ?", owner, id));
    }

    public void removeAll(String owner) {
        database.with(handle -> handle.execute("delete from passkeys where owner = ?", owner));
    }

    private static StoredPasskey passkey(ResultSet rows) throws SQLException {
        Array transports = rows.getArray("transports");
        return new StoredPasskey(
                rows.getLong("id"),
                Bytes.adopt(rows.getBytes("credential")),
                rows.getString("owner"),
                rows.getString("name"),
                Bytes.adopt(rows.getBytes("public_key")),
                rows.getLong("counter"),
                List.of((String[]) transports.getArray()),
                rows.getTimestamp("created").toInstant(),
                Optional.ofNullable(rows.getTimestamp("last_used")).map(Timestamp::toInstant));
    }
}
