// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.controller.campaign.WaveJob.Purpose;
import dev.pharos.usp.Frozen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The same work with many devices in waves, and how far it is.
///
/// @param revision how often it was changed: of two who change it at once only one does
public record Campaign(
        long id,
        CampaignPlan plan,
        Instant created,
        String createdBy,
        int revision,
        CampaignState state,
        Course course) {

    /// What has come of it so far.
    ///
    /// @param approvedBy empty where nobody has, or nobody had to
    /// @param sizes of its waves; empty until it has started
    /// @param jobs in their order
    /// @param notes its story, the oldest first
    public record Course(Optional<String> approvedBy, List<Integer> sizes, List<WaveJob> jobs, List<Note> notes) {
        public static final Course NONE = new Course(Optional.empty(), List.of(), List.of(), List.of());

        public Course {
            sizes = Frozen.list(sizes);
            jobs = Frozen.list(jobs);
            notes = Frozen.list(notes);
        }
    }

    /// A line of its story.
    public record Note(Instant time, String text) {}

    public int devices() {
        return course.sizes().stream().mapToInt(Integer::intValue).sum();
    }

    /// Position of the first device of a wave; of the one after the last, how many there are.
    public int from(int wave) {
        return course.sizes().subList(0, wave).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /// The last job of this wave that was made for this.
    public Optional<Long> job(int wave, Purpose purpose) {
        return course.jobs().reversed().stream()
                .filter(job -> job.wave() == wave && job.purpose() == purpose)
                .map(WaveJob::job)
                .findFirst();
    }

    /// All jobs by which devices were updated.
    public List<Long> updates() {
        return course.jobs().stream()
                .filter(job -> job.purpose() == Purpose.UPDATE)
                .map(WaveJob::job)
                .toList();
    }

    /// As it is after its devices were fixed.
    Campaign fixed() {
        return new Campaign(id, plan, created, createdBy, revision + 1, state, course);
    }

    Campaign to(CampaignState next, String note, Instant now) {
        return with(next, course, note, now);
    }

    /// After one of its jobs was made.
    Campaign to(CampaignState next, WaveJob job, String note, Instant now) {
        List<WaveJob> jobs = new ArrayList<>(course.jobs());
        jobs.add(job);
        return with(next, new Course(course.approvedBy(), course.sizes(), jobs, course.notes()), note, now);
    }

    Campaign approved(String by, Instant now) {
        Course next = new Course(Optional.of(by), course.sizes(), course.jobs(), course.notes());
        return with(new CampaignState.Ready(), next, "approved by " + by, now);
    }

    Campaign started(List<Integer> sizes, String by, Instant now) {
        Course next = new Course(course.approvedBy(), sizes, course.jobs(), course.notes());
        return with(
                new CampaignState.Running(new Leg.Due(0)),
                next,
                "started by " + by + " with "
                        + Words.devices(next.sizes().stream()
                                .mapToInt(Integer::intValue)
                                .sum()) + " in "
                        + (sizes.size() == 1 ? "one wave" : sizes.size() + " waves: " + Words.list(sizes)),
                now);
    }

    private Campaign with(CampaignState next, Course then, String note, Instant now) {
        List<Note> notes = new ArrayList<>(then.notes());
        if (notes.size() < Limits.NOTES) {
            notes.add(new Note(now, note.length() > Limits.NOTE ? note.substring(0, Limits.NOTE) + "…" : note));
        }
        return new Campaign(
                id,
                plan,
                created,
                createdBy,
                revision + 1,
                next,
                new Course(then.approvedBy(), then.sizes(), then.jobs(), notes));
    }
}
