// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

/// Who is signed in, and what every request of the page that changes something must carry as `X-CSRF-Token`.
public record Session(String user, String csrf) {}
