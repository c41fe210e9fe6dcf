// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.choice;

/// Where a Controller can be found, in the order in which it is looked for: who is named comes first, then
/// who runs the network, then its names, and last whoever speaks up in it.
public enum Source {
    /// A host name that somebody typed.
    NAME("name"),
    /// What DHCP clients of this host were told.
    DHCP("dhcp"),
    /// DNS-SD in the domains that this host searches.
    DNS("dns"),
    /// DNS-SD by mDNS on the local network.
    MDNS("mdns");

    private final String word;

    Source(String word) {
        this.word = word;
    }

    /// As it is written on a command line and in JSON.
    public String word() {
        return word;
    }
}
