// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.EndpointId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// What two devices have in all tables becomes one's. Where both have the same of their own, a rule says whose stays. A
/// test looks whether every table that knows devices is among these.
final class UnionSql {
    /// Of each only one, and the one that stays has it already where it has any; by what else than the device a row is
    /// told from others.
    private static final Map<String, List<String>> OF_WHO_STAYS = new LinkedHashMap<>();

    static {
        OF_WHO_STAYS.put("device_attributes", List.of("name"));
        OF_WHO_STAYS.put("profile_secrets", List.of("path"));
        OF_WHO_STAYS.put("profile_drift", List.of("path"));
        OF_WHO_STAYS.put("profile_due", List.of());
        OF_WHO_STAYS.put("collector_logins", List.of());
        OF_WHO_STAYS.put("enrolments", List.of());
        OF_WHO_STAYS.put("enrolment_openings", List.of());
        OF_WHO_STAYS.put("dialled_devices", List.of());
        OF_WHO_STAYS.put("device_migrations", List.of());
        OF_WHO_STAYS.put("device_logins", List.of());
        OF_WHO_STAYS.put("cwmp_module_orders", List.of("key"));
        OF_WHO_STAYS.put("cwmp_transfers", List.of("key"));
        OF_WHO_STAYS.put("bulk_deliveries", List.of());
        // first: whoever counts five minutes of one of them ends before its rows are looked at
        OF_WHO_STAYS.put("series_unrolled", List.of("time"));
        OF_WHO_STAYS.put("series", List.of("path_no", "time"));
        OF_WHO_STAYS.put("series_rolled", List.of("path_no", "time"));
        OF_WHO_STAYS.put("twin", List.of("object_path"));
    }

    /// How TR-069 is spoken with it, which the other knows.
    private static final List<String> OF_WHO_GOES = List.of("cwmp_logins", "cwmp_notices", "cwmp_proofs");

    /// Any number.
    private static final List<String> OF_BOTH = List.of(
            "bulk_refusals",
            "cwmp_errands",
            "cwmp_names",
            "device_unions",
            "diagnostics",
            "device_files",
            "file_requests");

    /// Those that name devices by their Endpoint ID, and by what else a row is told from others; empty where any number
    /// may be of one device.
    private static final Map<String, List<String>> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("campaign_devices", List.of("campaign"));
        BY_NAME.put("profile_changes", List.of("job", "path"));
    }

    private UnionSql() {}

    /// Every table that is looked after, for a test.
    static List<String> tables() {
        return Stream.of(
                        OF_WHO_STAYS.keySet().stream(),
                        OF_WHO_GOES.stream(),
                        OF_BOTH.stream(),
                        BY_NAME.keySet().stream(),
                        Stream.of("events", "job_targets", "job_answers", "profile_work"))
                .flatMap(each -> each)
                .toList();
    }

    /// Rows that belong to a device by its number.
    static void ofRows(Handle handle, long gone, long stays) {
        handle.execute(
                "update twin k set parameters = g.parameters || k.parameters from twin g"
                        + " where k.device_no = ? and g.device_no = ? and g.object_path = k.object_path",
                stays,
                gone);
        handle.execute(
                "update series_unrolled k set paths = array(select distinct p from unnest(k.paths || g.paths) as j (p)"
                        + " order by p) from series_unrolled g"
                        + " where k.device_no = ? and g.device_no = ? and g.time = k.time",
                stays,
                gone);
        handle.execute(
                "update series_rolled k set low = least(k.low, g.low), high = greatest(k.high, g.high),"
                        + " total = k.total + g.total, count = k.count + g.count from series_rolled g"
                        + " where k.device_no = ? and g.device_no = ? and g.path_no = k.path_no and g.time = k.time",
                stays,
                gone);
        handle.execute(
                "update bulk_deliveries k set deliveries = k.deliveries + g.deliveries, reports = k.reports + g.reports,"
                        + " kept = k.kept + g.kept, unknown = k.unknown + g.unknown, refused = k.refused + g.refused,"
                        + " last = greatest(k.last, g.last), last_refused = greatest(k.last_refused, g.last_refused)"
                        + " from bulk_deliveries g where k.device_no = ? and g.device_no = ?",
                stays,
                gone);
        OF_WHO_STAYS.forEach((table, key) -> {
            StringBuilder same = new StringBuilder();
            key.forEach(column ->
                    same.append(" and k.").append(column).append(" = g.").append(column));
            handle.execute(
                    "update " + table + " g set device_no = ? where device_no = ? and not exists (select 1 from "
                            + table + " k where k.device_no = ?" + same + ")",
                    stays,
                    gone,
                    stays);
        });
        OF_WHO_GOES.forEach(table -> {
            handle.execute(
                    "delete from " + table + " where device_no = ? and exists (select 1 from " + table
                            + " where device_no = ?)",
                    stays,
                    gone);
            handle.execute("update " + table + " set device_no = ? where device_no = ?", stays, gone);
        });
        OF_BOTH.forEach(
                table -> handle.execute("update " + table + " set device_no = ? where device_no = ?", stays, gone));
    }

    /// Rows that name a device.
    static void ofNames(Handle handle, EndpointId before, EndpointId after) {
        String gone = before.toString();
        String stays = after.toString();
        handle.execute("update events set device = ? where device = ?", stays, gone);
        // answers belong to their target, which so cannot change its name while it has any
        handle.execute(
                "insert into job_targets (job, device, state, step, tries, due, owner, lease, why, changed)"
                        + " select job, ?, state, step, tries, due, owner, lease, why, changed from job_targets"
                        + " where device = ? on conflict do nothing",
                stays,
                gone);
        handle.execute(
                "update job_answers g set device = ? where device = ? and not exists"
                        + " (select 1 from job_answers k where k.job = g.job and k.device = ?)",
                stays,
                gone,
                stays);
        handle.execute("delete from job_targets where device = ?", gone);
        BY_NAME.forEach((table, key) -> {
            StringBuilder same = new StringBuilder();
            key.forEach(column ->
                    same.append(" and k.").append(column).append(" = g.").append(column));
            handle.execute(
                    "update " + table + " g set device = ? where device = ? and not exists (select 1 from " + table
                            + " k where k.device = ?" + same + ")",
                    stays,
                    gone,
                    stays);
        });
        // whoever is at work begins again
        handle.execute("delete from profile_work where device = ?", gone);
        ofAlarms(handle, gone, stays);
    }

    private static void ofAlarms(Handle handle, String gone, String stays) {
        handle.execute(
                "update alarms g set subject = ? where subject = ? and (cleared is not null or not exists"
                        + " (select 1 from alarms k where k.rule = g.rule and k.subject = ? and k.cleared is null))",
                stays,
                gone,
                stays);
        handle.execute(
                "update alarms set subject = ?, cleared = now(), cleared_by = 'two records became one'"
                        + " where subject = ?",
                stays,
                gone);
        handle.execute(
                "update alarm_watch g set subject = ? where subject = ? and not exists"
                        + " (select 1 from alarm_watch k where k.rule = g.rule and k.subject = ?)",
                stays,
                gone,
                stays);
        handle.execute("delete from alarm_watch where subject = ?", gone);
        handle.execute("update alarm_news set subject = ? where subject = ?", stays, gone);
    }
}
