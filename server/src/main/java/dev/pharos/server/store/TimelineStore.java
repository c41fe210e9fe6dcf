// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.job.TargetState;
import dev.pharos.controller.store.EventKind;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Frozen;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// All that happened with one device, as one list: what it told, jobs, edits and diagnostics, from the tables that hold
/// each. Every table is read in an order of its own by an index that it has, and the lists are laid together by time.
public final class TimelineStore {
    /// What devices tell falls into three.
    private static final String KIND_OF_EVENT = "case when kind = 'ALARM' then 'ALARM'"
            + " when path like 'Device.DeviceInfo.FirmwareImage.%' or path = 'Device.DeviceInfo.SoftwareVersion'"
            + " or (kind = 'JOB' and args ->> 'version' is not null) or args ->> 'FirmwareUpdated' = 'true'"
            + " then 'FIRMWARE' else 'EVENT' end";

    /// So do jobs into two: their rows of `jobs` are named `j`.
    private static final String KIND_OF_JOB =
            "case when split_part(j.work, ' ', 1) in ('upgrade', 'rollback') then 'FIRMWARE' else 'JOB' end";

    private final Database database;

    public TimelineStore(Database database) {
        this.database = database;
    }

    /// What sort of thing happened.
    public enum Kind {
        /// The device told it, or came or went.
        EVENT,
        /// Of its firmware: what it told, and jobs that bring it.
        FIRMWARE,
        ALARM,
        /// Where a job stands with it.
        JOB,
        /// What a person did with it.
        EDIT,
        DIAGNOSTIC;

        /// As the REST interface shows it.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Empty where no kind has this text.
        public static Optional<Kind> of(String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.text().equals(text))
                    .findFirst();
        }
    }

    /// The table that an entry is from.
    private enum Source {
        EVENTS,
        EDITS,
        DIAGNOSTICS,
        JOBS
    }

    /// One thing that happened.
    ///
    /// @param id tells it from all others of the device, and stays when a job or a diagnostic goes on
    /// @param time when; of a job when it last went on with the device, of a diagnostic when it began
    /// @param title the kind of event, the name of the job, what a person did, or the kind of diagnostic
    /// @param state of a job or a diagnostic; else empty
    /// @param by the person who did or wanted it; else empty
    /// @param path of the data model, with the event or command; else empty
    /// @param number of the alarm, job or diagnostic
    /// @param step how many steps of the job are done
    public record Entry(
            String id,
            Instant time,
            Kind kind,
            String title,
            String text,
            String state,
            String by,
            String path,
            OptionalLong number,
            OptionalInt step) {}

    /// How far each table was read.
    ///
    /// @param job of those that went on at `jobAt`, only lower numbers
    public record Position(long event, long edit, long diagnostic, Instant jobAt, long job) {
        private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

        /// Before the newest.
        public static final Position START =
                new Position(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, LAST, Long.MAX_VALUE);

        /// @return empty where the text is none
        public static Optional<Position> parse(String text) {
            String[] parts = text.split("\\.", -1);
            if (parts.length != 5) {
                return Optional.empty();
            }
            try {
                Instant at = Instant.EPOCH.plus(Long.parseLong(parts[3]), ChronoUnit.MICROS);
                return at.isBefore(Instant.EPOCH) || at.isAfter(LAST)
                        ? Optional.empty()
                        : Optional.of(new Position(
                                Long.parseLong(parts[0]),
                                Long.parseLong(parts[1]),
                                Long.parseLong(parts[2]),
                                at,
                                Long.parseLong(parts[4])));
            } catch (NumberFormatException notOurs) {
                return Optional.empty();
            }
        }

        /// As [#parse(String)] reads it.
        @Override
        public String toString() {
            return event + "." + edit + "." + diagnostic + "." + ChronoUnit.MICROS.between(Instant.EPOCH, jobAt) + "."
                    + job;
        }

        private Position after(Found found) {
            return switch (found.source()) {
                case EVENTS -> new Position(found.order(), edit, diagnostic, jobAt, job);
                case EDITS -> new Position(event, found.order(), diagnostic, jobAt, job);
                case DIAGNOSTICS -> new Position(event, edit, found.order(), jobAt, job);
                case JOBS -> new Position(event, edit, diagnostic, found.entry().time(), found.order());
            };
        }
    }

    /// Some entries, newest first.
    ///
    /// @param next empty where nothing is older
    public record Page(List<Entry> entries, Optional<Position> next) {
        public Page {
            entries = Frozen.list(entries);
        }
    }

    private record Found(Source source, long order, Entry entry) {}

    /// @param kinds only these
    /// @param from where the page before ended
    public Page page(EndpointId device, Set<Kind> kinds, Position from, int limit) {
        String id = Storable.text(device.toString());
        String[] wanted = kinds.stream().map(Kind::name).toArray(String[]::new);
        List<List<Found>> lists = database.with(handle -> {
            List<List<Found>> found = new ArrayList<>();
            if (meets(kinds, Kind.EVENT, Kind.FIRMWARE, Kind.ALARM)) {
                found.add(events(handle, id, wanted, from.event(), limit + 1));
            }
            if (meets(kinds, Kind.EDIT)) {
                found.add(edits(handle, id, from.edit(), limit + 1));
            }
            if (meets(kinds, Kind.DIAGNOSTIC)) {
                found.add(diagnostics(handle, id, from.diagnostic(), limit + 1));
            }
            if (meets(kinds, Kind.JOB, Kind.FIRMWARE)) {
                found.add(jobs(handle, id, wanted, from, limit + 1));
            }
            return found;
        });
        return together(lists, from, limit);
    }

    private static boolean meets(Set<Kind> kinds, Kind... any) {
        return Arrays.stream(any).anyMatch(kinds::contains);
    }

    private static Page together(List<List<Found>> lists, Position from, int limit) {
        List<Entry> entries = new ArrayList<>();
        Position position = from;
        int[] taken = new int[lists.size()];
        while (true) {
            int newest = -1;
            for (int i = 0; i < taken.length; i++) {
                if (taken[i] < lists.get(i).size()
                        && (newest < 0
                                || head(lists, taken, i)
                                        .entry()
                                        .time()
                                        .isAfter(head(lists, taken, newest)
                                                .entry()
                                                .time()))) {
                    newest = i;
                }
            }
            if (newest < 0) {
                return new Page(entries, Optional.empty());
            }
            if (entries.size() == limit) {
                return new Page(entries, Optional.of(position));
            }
            Found next = head(lists, taken, newest);
            taken[newest]++;
            position = position.after(next);
            entries.add(next.entry());
        }
    }

    private static Found head(List<List<Found>> lists, int[] taken, int list) {
        return lists.get(list).get(taken[list]);
    }

    private static List<Found> events(Handle handle, String device, String[] kinds, long before, int limit) {
        return handle.createQuery("select *, " + KIND_OF_EVENT + " as sort, args ->> 'alarm' as alarm from events"
                        + " where device = :device and seq < :before" + PostgresEventStore.ofOthers() + " and "
                        + KIND_OF_EVENT + " = any (:kinds) order by seq desc limit :limit")
                .bind("device", device)
                .bind("before", before)
                .bindArray("kinds", String.class, (Object[]) kinds)
                .bind("limit", limit)
                .map((rows, context) -> event(rows))
                .list();
    }

    private static Found event(ResultSet rows) throws SQLException {
        long seq = rows.getLong("seq");
        String path = rows.getString("path") + rows.getString("name");
        String text = rows.getString("text");
        Kind kind = Kind.valueOf(rows.getString("sort"));
        @Nullable String alarm = kind == Kind.ALARM ? rows.getString("alarm") : null;
        return new Found(
                Source.EVENTS,
                seq,
                new Entry(
                        "e" + seq,
                        rows.getTimestamp("time").toInstant(),
                        kind,
                        EventKind.valueOf(rows.getString("kind")).text(),
                        text.isEmpty() ? (path + " " + rows.getString("value")).strip() : text,
                        "",
                        "",
                        kind == Kind.ALARM ? "" : path,
                        alarm == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(alarm)),
                        OptionalInt.empty()));
    }

    /// Also under the names that it had: what is sealed keeps them.
    private static List<Found> edits(Handle handle, String device, long before, int limit) {
        List<String> names = new ArrayList<>(List.of(device));
        names.addAll(handle.createQuery("select u.former from device_unions u join devices d on d.no = u.device_no"
                        + " where d.id = :device")
                .bind("device", device)
                .mapTo(String.class)
                .list());
        return handle.createQuery("select * from audit where device = any (:names) and device <> '' and seq < :before"
                        + " order by seq desc limit :limit")
                .bindArray("names", String.class, names)
                .bind("before", before)
                .bind("limit", limit)
                .map((rows, context) -> edit(rows))
                .list();
    }

    private static Found edit(ResultSet rows) throws SQLException {
        long seq = rows.getLong("seq");
        return new Found(
                Source.EDITS,
                seq,
                new Entry(
                        "a" + seq,
                        rows.getTimestamp("time").toInstant(),
                        Kind.EDIT,
                        rows.getString("action"),
                        rows.getString("detail"),
                        "",
                        rows.getString("user_name"),
                        "",
                        OptionalLong.empty(),
                        OptionalInt.empty()));
    }

    private static List<Found> diagnostics(Handle handle, String device, long before, int limit) {
        return handle.createQuery("select r.*, coalesce(inputs ->> 'Host', inputs ->> 'HostName',"
                        + " inputs ->> 'DownloadURL', inputs ->> 'UploadURL', '') as target"
                        + " from diagnostics r join devices d on d.no = r.device_no"
                        + " where d.id = :device and r.id < :before order by r.id desc limit :limit")
                .bind("device", device)
                .bind("before", before)
                .bind("limit", limit)
                .map((rows, context) -> diagnostic(rows))
                .list();
    }

    private static Found diagnostic(ResultSet rows) throws SQLException {
        long run = rows.getLong("id");
        String fault = rows.getString("fault");
        return new Found(
                Source.DIAGNOSTICS,
                run,
                new Entry(
                        "d" + run,
                        rows.getTimestamp("begun").toInstant(),
                        Kind.DIAGNOSTIC,
                        rows.getString("kind"),
                        fault.isEmpty() ? rows.getString("target") : fault,
                        rows.getString("state"),
                        rows.getString("begun_by"),
                        "",
                        OptionalLong.of(run),
                        OptionalInt.empty()));
    }

    /// Each job that is kept is looked into by its key: there are far fewer of them than devices in them, and an index
    /// by device would cost every job that is written.
    private static List<Found> jobs(Handle handle, String device, String[] kinds, Position from, int limit) {
        return handle.createQuery("select t.*, j.name, j.created_by, " + KIND_OF_JOB + " as sort from jobs j"
                        + " cross join lateral (select * from job_targets where job = j.id and device = :device"
                        + " offset 0) t where (t.changed, t.job) < (:at, :job) and " + KIND_OF_JOB + " = any (:kinds)"
                        + " order by t.changed desc, t.job desc limit :limit")
                .bind("device", device)
                .bind("at", Storable.time(from.jobAt()))
                .bind("job", from.job())
                .bindArray("kinds", String.class, (Object[]) kinds)
                .bind("limit", limit)
                .map((rows, context) -> job(rows))
                .list();
    }

    private static Found job(ResultSet rows) throws SQLException {
        long job = rows.getLong("job");
        return new Found(
                Source.JOBS,
                job,
                new Entry(
                        "j" + job,
                        JobRows.time(rows, "changed"),
                        Kind.valueOf(rows.getString("sort")),
                        rows.getString("name"),
                        rows.getString("why"),
                        TargetState.Kind.valueOf(rows.getString("state")).text(),
                        rows.getString("created_by"),
                        "",
                        OptionalLong.of(job),
                        OptionalInt.of(rows.getInt("step"))));
    }
}
