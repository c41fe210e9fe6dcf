// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.container;

import dev.pharos.device.modules.unit.Platform;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The calls of the kernel that programs of deployment units have no use for, and attackers have: what
/// changes the host,
/// makes namespaces, looks into other processes, or is new and large. They are refused as if the right to
/// them were missing (EPERM).
final class Syscalls {
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    /// All flags of clone() that make a namespace.
    private static final List<Long> NAMESPACES =
            List.of(0x0002_0000L, 0x0200_0000L, 0x0400_0000L, 0x0800_0000L, 0x1000_0000L, 0x2000_0000L, 0x4000_0000L);

    private static final List<String> REFUSED = List.of(
            "acct",
            "add_key",
            "adjtimex",
            "bpf",
            "clock_adjtime",
            "clock_settime",
            "create_module",
            "delete_module",
            "fanotify_init",
            "finit_module",
            "fsconfig",
            "fsmount",
            "fsopen",
            "fspick",
            "get_kernel_syms",
            "init_module",
            "io_uring_enter",
            "io_uring_register",
            "io_uring_setup",
            "ioperm",
            "iopl",
            "kcmp",
            "kexec_file_load",
            "kexec_load",
            "keyctl",
            "lookup_dcookie",
            "mbind",
            "migrate_pages",
            "mount",
            "mount_setattr",
            "move_mount",
            "move_pages",
            "name_to_handle_at",
            "nfsservctl",
            "open_by_handle_at",
            "open_tree",
            "perf_event_open",
            "personality",
            "pidfd_getfd",
            "pivot_root",
            "process_madvise",
            "process_vm_readv",
            "process_vm_writev",
            "ptrace",
            "query_module",
            "quotactl",
            "quotactl_fd",
            "reboot",
            "request_key",
            "setdomainname",
            "sethostname",
            "setns",
            "settimeofday",
            "stime",
            "swapoff",
            "swapon",
            "syslog",
            "umount",
            "umount2",
            "unshare",
            "uselib",
            "userfaultfd",
            "ustat",
            "vhangup",
            "vm86",
            "vm86old");

    private Syscalls() {}

    /// Writes them as a filter; calls that this host does not have are passed over by the runtime.
    static void filter(ObjectNode seccomp) {
        seccomp.put("defaultAction", "SCMP_ACT_ALLOW");
        ArrayNode rules = seccomp.putArray("syscalls");
        ObjectNode refused = rule(rules, EPERM);
        ArrayNode names = refused.putArray("names");
        REFUSED.forEach(names::add);
        for (long flag : NAMESPACES) {
            ObjectNode clone = rule(rules, EPERM);
            clone.putArray("names").add("clone");
            clone.putArray("args")
                    .addObject()
                    .put("index", flagsOfClone())
                    .put("value", flag)
                    .put("valueTwo", flag)
                    .put("op", "SCMP_CMP_MASKED_EQ");
        }
        // its flags are in memory, where no filter looks; libraries then take clone()
        rule(rules, ENOSYS).putArray("names").add("clone3");
    }

    private static ObjectNode rule(ArrayNode rules, int error) {
        return rules.addObject().put("action", "SCMP_ACT_ERRNO").put("errnoRet", error);
    }

    /// The kernel has its flags first, but on one architecture.
    private static int flagsOfClone() {
        return Platform.here().architecture().equals("s390x") ? 1 : 0;
    }
}
