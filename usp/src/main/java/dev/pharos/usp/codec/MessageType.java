// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

/// `Header.msg_type`. It says again what the body is and is only informational (R-MSG.10). The order of the
/// constants is the number on the wire.
enum MessageType {
    ERROR,
    GET,
    GET_RESP,
    NOTIFY,
    SET,
    SET_RESP,
    OPERATE,
    OPERATE_RESP,
    ADD,
    ADD_RESP,
    DELETE,
    DELETE_RESP,
    GET_SUPPORTED_DM,
    GET_SUPPORTED_DM_RESP,
    GET_INSTANCES,
    GET_INSTANCES_RESP,
    NOTIFY_RESP,
    GET_SUPPORTED_PROTO,
    GET_SUPPORTED_PROTO_RESP,
    REGISTER,
    REGISTER_RESP,
    DEREGISTER,
    DEREGISTER_RESP
}
