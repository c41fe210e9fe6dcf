// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import java.time.Duration;

/// Bounds of what is read from the host, each with its reason.
final class Limits {
    /// Files of /proc, /sys and /etc that are read here are far smaller; more is not what was expected.
    static final int FILE_BYTES = 1 << 18;

    /// Rows of the process table: a management page for people, not a process accounting.
    static final int PROCESSES = 512;

    /// Processors with a row each; the largest hosts have more, whose sum is still right.
    static final int PROCESSORS = 128;

    /// Accounts, and groups, of the host's own files: a page for people, not a directory.
    static final int ACCOUNTS = 256;

    /// Login shells; distributions list about ten.
    static final int SHELLS = 64;

    /// Temperature sensors; large servers have some dozens.
    static final int SENSORS = 128;

    /// Name servers; resolvers themselves use the first three.
    static final int NAME_SERVERS = 16;

    /// Network links looked through for an address of hardware; a container host has some hundreds.
    static final int LINKS = 512;

    /// Instance numbers remembered of rows that went away, so that an interface that returns has its old one.
    static final int REMEMBERED_ROWS = 4_096;

    /// What nothing announces and costs little (name servers, accounts) is looked at this often.
    static final Duration SURVEY = Duration.ofMinutes(1);

    /// Processes are looked at this often where nobody reads them: of an idle host it is most of what an agent does.
    static final Duration UNREAD_PROCESSES = Duration.ofMinutes(5);

    /// And no more often than this where somebody does.
    static final Duration READ_PROCESSES = Duration.ofSeconds(30);

    /// One survey of so many reads all processes again, which is each ten minutes.
    static final int WHOLE_SURVEY = 20;

    /// How old what a read shows may be, where it comes from files that every read of every row would open again:
    /// processes, memory, processors. Nobody looks at them more often.
    static final Duration RECENT = Duration.ofSeconds(1);

    /// The processor's load is averaged over no less than this.
    static final Duration CPU_SAMPLE = Duration.ofMillis(500);

    private Limits() {}
}
