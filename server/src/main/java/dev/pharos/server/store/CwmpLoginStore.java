// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.acs.Credentials;
import dev.pharos.controller.acs.HeardStore;
import dev.pharos.controller.acs.ProofWanted;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Optional;

/// The logins of devices of TR-069, and what was heard last that is signed with one. They go with their device.
public final class CwmpLoginStore implements HeardStore {
    private final Database database;

    public CwmpLoginStore(Database database) {
        this.database = database;
    }

    /// A login.
    ///
    /// @param secret what HTTP Digest needs of the password
    /// @param salt from which the password is derived
    public record Login(String username, Bytes secret, Bytes salt) {}

    /// Whose login it is, and from what its password is derived.
    public record Salted(EndpointId device, Bytes salt) {}

    /// In place of the one before.
    ///
    /// @return whether the device is known, and no other has a login of this name
    public boolean put(EndpointId device, Login login, Instant created) {
        return database.with(handle -> handle.execute(
                        "insert into cwmp_logins (device_no, username, secret, salt, created)"
                                + " select no, ?, ?, ?, ? from devices where id = ? and not exists"
                                + " (select 1 from cwmp_logins where username = ? and device_no <> devices.no)"
                                + " on conflict (device_no) do update set username = excluded.username,"
                                + " secret = excluded.secret, salt = excluded.salt, created = excluded.created,"
                                + " heard_time = null, heard_nonces = null",
                        login.username(),
                        login.secret().toByteArray(),
                        login.salt().toByteArray(),
                        Storable.time(created),
                        Storable.text(device.toString()),
                        login.username())
                > 0);
    }

    /// Empty where there is none of this name, or it was made before passwords were derived.
    public Optional<Salted> salted(String username) {
        return database.with(handle -> handle.createQuery("select d.id, l.salt from cwmp_logins l"
                        + " join devices d on d.no = l.device_no where l.username = :name and l.salt is not null")
                .bind("name", Storable.text(username))
                .map((rows, context) ->
                        new Salted(EndpointId.of(rows.getString("id")), Bytes.adopt(rows.getBytes("salt"))))
                .findOne());
    }

    /// What is kept of the login of this name.
    public Optional<Bytes> secret(String username) {
        return database.with(handle -> handle.createQuery("select secret from cwmp_logins where username = :name")
                .bind("name", Storable.text(username))
                .map((rows, context) -> Bytes.adopt(rows.getBytes("secret")))
                .findOne());
    }

    /// What a device has to show; nothing special where there is no such device.
    public Credentials credentials(EndpointId device) {
        return database.with(handle -> handle.createQuery("select l.username, p.wanted from devices d"
                        + " left join cwmp_logins l on l.device_no = d.no"
                        + " left join cwmp_proofs p on p.device_no = d.no where d.id = :id")
                .bind("id", Storable.text(device.toString()))
                .map((rows, context) -> new Credentials(
                        Optional.ofNullable(rows.getString("username")),
                        Optional.ofNullable(rows.getString("wanted"))
                                .flatMap(ProofWanted::of)
                                .orElse(ProofWanted.EITHER)))
                .findOne()
                .orElse(Credentials.NONE));
    }

    /// What it has to show from now on.
    ///
    /// @return whether the device is known
    public boolean want(EndpointId device, ProofWanted wanted) {
        return database.with(handle -> handle.execute(
                        "insert into cwmp_proofs (device_no, wanted) select no, ? from devices where id = ?"
                                + " on conflict (device_no) do update set wanted = excluded.wanted",
                        wanted.text(),
                        Storable.text(device.toString()))
                > 0);
    }

    @Override
    public boolean isNew(EndpointId device, long time, String nonce, int most) {
        return database.with(handle -> handle.createUpdate("update cwmp_logins l set heard_time = :time,"
                                + " heard_nonces = case when l.heard_time = :time then l.heard_nonces || told.hash"
                                + " else array[told.hash] end"
                                + " from devices d, (select sha256(convert_to(:nonce, 'UTF8')) as hash) told"
                                + " where d.id = :id and l.device_no = d.no and (l.heard_time is null"
                                + " or l.heard_time < :time or (l.heard_time = :time"
                                + " and cardinality(l.heard_nonces) < :most and told.hash <> all (l.heard_nonces)))")
                        .bind("time", time)
                        .bind("nonce", Storable.text(nonce))
                        .bind("id", Storable.text(device.toString()))
                        .bind("most", most)
                        .execute()
                > 0);
    }
}
