// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.choice;

import dev.pharos.mtp.discovery.ControllerLead;
import dev.pharos.mtp.discovery.dhcp.AcsOption;
import dev.pharos.mtp.discovery.dhcp.ControllerOptions;
import dev.pharos.mtp.discovery.dhcp.Lease;
import dev.pharos.mtp.discovery.dhcp.LeaseScan;
import dev.pharos.mtp.discovery.dhcp.VendorInformation;
import dev.pharos.usp.MalformedInputException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// Looks into leases for what they say about a Controller, and says what they lack.
record LeaseReader(LeaseScan scan, Instant now) {

    /// @param follow is given each lead and whose it is
    void read(Candidates candidates, BiConsumer<ControllerLead, String> follow) {
        scan.notes().forEach(candidates::note);
        for (Lease lease : scan.leases()) {
            String origin = "the lease of "
                    + (lease.interfaceName().isEmpty() ? "an interface" : lease.interfaceName()) + " in "
                    + lease.origin();
            if (!lease.isValid(now)) {
                candidates.note(origin + " has expired"
                        + lease.expires().map(when -> " (" + when + ")").orElse(""));
                continue;
            }
            try {
                Optional<ControllerLead> lead = ControllerOptions.in(lease.options());
                lead.ifPresentOrElse(
                        found -> follow.accept(found, origin), () -> candidates.note(origin + " " + lack(lease)));
                AcsOption.in(lease.options())
                        .ifPresent(acs -> candidates.note(
                                origin + " names a TR-069 ACS in option 43, which is no USP Controller: " + acs.url()));
            } catch (MalformedInputException malformed) {
                candidates.note(origin + ": " + malformed.detail());
            }
        }
    }

    private static String lack(Lease lease) {
        int code = lease.options().version().vendorInformation();
        Optional<VendorInformation> information;
        try {
            information = VendorInformation.in(lease.options());
        } catch (MalformedInputException unreadable) {
            return unreadable.detail();
        }
        if (information.isEmpty()) {
            return "has no option " + code + " (the client must ask for it and keep it: pharos discover --request)"
                    + (lease.origin().contains("/systemd/netif/")
                            ? "; systemd-networkd keeps no options of vendors but 43"
                            : "");
        }
        if (information.get().broadbandForum().isEmpty()) {
            return "has option " + code + " of enterprise "
                    + information.get().enterprises().keySet().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "))
                    + ", but not of the Broadband Forum (" + VendorInformation.BROADBAND_FORUM + ")";
        }
        return "has no USP sub-option (25 to 29) in option " + code + ", only "
                + information.get().broadbandForum().keySet().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
    }
}
