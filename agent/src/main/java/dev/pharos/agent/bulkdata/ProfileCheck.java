// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.agent.config.Limits;
import dev.pharos.agent.localagent.OwnedRows;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Refuses profiles that could not work, and changes by others than their owner: a report is made with its owner's
/// rights, so that somebody with fewer of them must not say what is in it or where it goes.
final class ProfileCheck {
    private ProfileCheck() {}

    /// @param requester the row of the controller that changes something; empty where it is none
    /// @param ofAcs whether a profile belongs to the ACS
    static void check(ChangeSet proposed, Places places, Optional<String> requester, Predicate<ObjectInstance> ofAcs) {
        Set<String> touched = new TreeSet<>();
        for (Change change : proposed.changes()) {
            if (change.path().startsWith(OwnedRows.BULK_PROFILES)) {
                String profile = profile(change.path());
                touched.add(profile);
                requester.ifPresent(by -> mustBeAllowed(change, profile, proposed, by));
            }
        }
        for (String path : touched) {
            proposed.after().object(path).ifPresent(row -> {
                Profile profile = new Profile(row);
                check(profile, places, proposed.after());
                mustReach(profile, ofAcs.test(row));
            });
        }
    }

    private static String profile(String path) {
        return path.substring(0, path.indexOf('.', OwnedRows.BULK_PROFILES.length()) + 1);
    }

    /// Everybody who may write it may switch it off or delete it.
    private static void mustBeAllowed(Change change, String profile, ChangeSet proposed, String requester) {
        Optional<String> owner = proposed.before().object(profile).map(OwnedRows::owner);
        boolean allowed = owner.isEmpty()
                || owner.get().equals(requester)
                || switch (change) {
                    case Change.ValueChanged changed ->
                        (changed.path().equals(profile + "Enable")
                                        && changed.after().equals("false"))
                                // nobody writes it: the owner itself was removed, and the profile follows
                                || changed.path().equals(profile + "Controller");
                    case Change.RowDeleted _ -> proposed.after().object(profile).isEmpty();
                    case Change.RowAdded _ -> false;
                };
        if (!allowed) {
            throw new UspException(
                    StandardErrorCode.PERMISSION_DENIED,
                    change.path() + " belongs to the controller or ACS that made the profile");
        }
    }

    /// Events go to controllers, of which an ACS is none.
    private static void mustReach(Profile profile, boolean ofAcs) {
        if (ofAcs && profile.protocol().filter(Protocol.USP_EVENT_NOTIF::equals).isPresent()) {
            throw wrong(profile.path()
                    + "Protocol: the profile is the ACS's, to which no events go; it may be HTTP or MQTT");
        }
    }

    private static void check(Profile profile, Places places, Snapshot proposed) {
        if (profile.interval().compareTo(Limits.BULK_INTERVAL) < 0) {
            throw wrong(profile.path() + "ReportingInterval: at least " + Limits.BULK_INTERVAL.toSeconds());
        }
        mayBe(
                profile,
                "Protocol",
                profile.protocol()
                        .filter(protocol ->
                                protocol != Protocol.MQTT || profile.mqtt().isPresent())
                        .isPresent());
        mayBe(profile, "EncodingType", profile.encoding().isPresent());
        profile.row().child("CSVEncoding").ifPresent(csv -> CsvReports.of(csv).check(csv.path()));
        profile.http().ifPresent(HttpDestination::check);
        profile.mqtt().ifPresent(MqttDestination::check);
        bounded(profile.row(), "Parameter", Limits.BULK_REFERENCES);
        profile.row().rows("Parameter").forEach(row -> ParameterReference.check(row, places, proposed));
        profile.row().child("HTTP").ifPresent(http -> {
            bounded(http, "RequestURIParameter", Limits.BULK_URI_PARAMETERS);
            http.rows("RequestURIParameter").forEach(row -> {
                ReportQuery.check(row);
                ParameterReference.check(row, places, proposed);
            });
        });
        if (profile.isEnabled()
                && profile.protocol().filter(Protocol.HTTP::equals).isPresent()) {
            mayBe(
                    profile,
                    "HTTP.URL",
                    profile.http().flatMap(HttpDestination::address).isPresent());
        }
        if (profile.isEnabled()
                && profile.protocol().filter(Protocol.MQTT::equals).isPresent()) {
            mayBe(
                    profile,
                    "MQTT.",
                    profile.mqtt().filter(MqttDestination::isComplete).isPresent());
        }
    }

    /// Nothing is wrong with what is not said yet, as long as the profile is not enabled.
    private static void mayBe(Profile profile, String parameter, boolean known) {
        boolean said = !profile.row().value(parameter).orElse("").isEmpty();
        if (!known && (said || profile.isEnabled())) {
            throw wrong(profile.path() + parameter + (said ? ": not supported" : ": an enabled profile needs it"));
        }
    }

    private static void bounded(ObjectInstance holder, String table, int most) {
        if (holder.rows(table).size() > most) {
            throw new UspException(
                    StandardErrorCode.RESOURCES_EXCEEDED, "at most " + most + " rows: " + holder.path() + table + ".");
        }
    }

    private static UspException wrong(String why) {
        return new UspException(StandardErrorCode.INVALID_VALUE, why);
    }
}
