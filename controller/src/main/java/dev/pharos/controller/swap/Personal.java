// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.swap;

import static dev.pharos.controller.swap.Personal.Place.ACCESS_POINT;
import static dev.pharos.controller.swap.Personal.Place.HOME;
import static dev.pharos.controller.swap.Personal.Place.POOL;
import static dev.pharos.controller.swap.Personal.Place.PPP;
import static dev.pharos.controller.swap.Personal.Place.SSID;
import static dev.pharos.controller.swap.Personal.Place.TIME;

import dev.pharos.usp.Frozen;
import java.util.List;

/// What of a router is personal: what whoever lives with it has chosen, or would miss. It is named as in TR-181, which
/// devices of TR-098 are shown by too.
final class Personal {
    private Personal() {}

    /// Where a parameter stands on a router; which row that is, each router says itself.
    enum Place {
        SSID,
        ACCESS_POINT,
        /// The interface towards the home.
        HOME,
        POOL,
        PPP,
        TIME
    }

    /// @param word by which it is named in requests and answers
    /// @param name in plain words
    /// @param parameter beneath its place
    /// @param listedBy the parameter of the same object that lists what the router allows; empty where none does
    record Setting(String word, String name, Place place, String parameter, String listedBy) {
        Setting(String word, String name, Place place, String parameter) {
            this(word, name, place, parameter, "");
        }
    }

    /// @param name of one row, in plain words
    /// @param key by which a row is known again; a part that a router does not have and that is empty is left out
    /// @param shown what a row is shown as, in this order
    /// @param values what else of it is brought
    /// @param given what the new router is told besides, where it has it
    /// @param only rows of which this parameter has one of these values, where the old router has it
    record Table(
            String word,
            String name,
            String object,
            List<String> key,
            List<String> shown,
            List<String> values,
            List<Given> given,
            Only only) {
        Table {
            key = Frozen.list(key);
            shown = Frozen.list(shown);
            values = Frozen.list(values);
            given = Frozen.list(given);
        }
    }

    record Given(String parameter, String value) {}

    record Only(String parameter, List<String> values) {
        Only {
            values = Frozen.list(values);
        }
    }

    /// Of each network that is switched on; one that is off is switched off, and no more.
    static final Setting ENABLED = new Setting("enabled", "switched on", SSID, "Enable");

    static final List<Setting> OF_NETWORK = List.of(
            new Setting("name", "name", SSID, "SSID"),
            new Setting("announced", "name is shown", ACCESS_POINT, "SSIDAdvertisementEnabled"),
            new Setting("security", "security", ACCESS_POINT, "Security.ModeEnabled", "Security.ModesSupported"));

    /// What nobody can read: it is brought where somebody gives it.
    static final Setting KEY = new Setting("key", "key", ACCESS_POINT, "Security.KeyPassphrase");

    /// Of each band.
    static final String AUTOMATIC = "AutoChannelEnable";

    static final String CHANNEL = "Channel";
    static final String CHANNELS = "PossibleChannels";

    static final List<Setting> OF_ROUTER = List.of(
            new Setting("home.address", "Router's address at home", HOME, "IPv4Address.1.IPAddress"),
            new Setting("home.mask", "Network mask at home", HOME, "IPv4Address.1.SubnetMask"),
            new Setting("dhcp.enabled", "Addresses are given out (DHCP)", POOL, "Enable"),
            new Setting("dhcp.first", "First address that is given out", POOL, "MinAddress"),
            new Setting("dhcp.last", "Last address that is given out", POOL, "MaxAddress"),
            new Setting("dhcp.mask", "Network mask that is given out", POOL, "SubnetMask"),
            new Setting("dhcp.routers", "Router that is given out", POOL, "IPRouters"),
            new Setting("dhcp.dns", "DNS servers that are given out", POOL, "DNSServers"),
            new Setting("dhcp.domain", "Domain that is given out", POOL, "DomainName"),
            new Setting("dhcp.lease", "Seconds that an address is given out for", POOL, "LeaseTime"),
            new Setting("ppp.user", "PPP user name", PPP, "Username"),
            new Setting("time.zone", "Time zone", TIME, "LocalTimeZone"));

    /// As secret as a key, and not to be guessed by whoever replaces a router.
    static final Setting PPP_PASSWORD = new Setting("ppp.password", "PPP password", PPP, "Password");

    static final Table PORTS = new Table(
            "port",
            "Port mapping",
            "Device.NAT.PortMapping.",
            List.of("Protocol", "ExternalPort", "RemoteHost"),
            List.of("InternalClient", "InternalPort", "Description"),
            List.of("Enable", "ExternalPortEndRange", "InternalPort", "InternalClient", "Description"),
            List.of(new Given("AllInterfaces", "true")),
            // what a program at home has asked for lasts for a time, and it asks again
            new Only("LeaseDuration", List.of("0", "")));

    static final Table RESERVATIONS = new Table(
            "reservation",
            "Reserved address",
            "Device.DHCPv4.Server.Pool.1.StaticAddress.",
            List.of("Chaddr"),
            List.of("Yiaddr"),
            List.of("Enable", "Yiaddr"),
            List.of(),
            new Only("", List.of()));

    static final Table RESOLVERS = new Table(
            "dns",
            "DNS server",
            "Device.DNS.Client.Server.",
            List.of("DNSServer"),
            List.of("DNSServer"),
            List.of("Enable"),
            List.of(),
            new Only("Type", List.of("Static")));

    static final List<Table> TABLES = List.of(PORTS, RESERVATIONS, RESOLVERS);
}
