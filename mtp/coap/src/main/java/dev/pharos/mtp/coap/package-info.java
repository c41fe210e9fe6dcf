// SPDX-License-Identifier: Apache-2.0
/// USP over CoAP in both roles, with DTLS (TR-369 up to 1.2, section "CoAP Binding"). Obsolete since USP 1.3 and there
/// for older peers only.
///
/// An endpoint is both client and server: a Record is a POST to the other's resource, its answer another POST to the
/// resource that the first one named in `reply-to`. [dev.pharos.mtp.coap.CoapServerMtp] takes whoever comes,
/// [dev.pharos.mtp.coap.CoapClientMtp] keeps one peer reached and takes nobody else. What both have in common is
/// [dev.pharos.mtp.coap.CoapNode], a socket and the ways to peers; [dev.pharos.mtp.coap.RequestDesk] reads what others
/// ask of us, [dev.pharos.mtp.coap.CoapConnection] sends.
///
/// Everything happens on the node's one thread, which never leaves this package except to call the
/// [dev.pharos.mtp.MtpReceiver], which must not wait.
@NullMarked
package dev.pharos.mtp.coap;

import org.jspecify.annotations.NullMarked;
