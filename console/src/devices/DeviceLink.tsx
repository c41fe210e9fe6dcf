// SPDX-License-Identifier: Apache-2.0
import { Link } from '@tanstack/react-router';

/** The name of a device in a list; the link covers its whole row. */
export function DeviceLink({ id }: { id: string }) {
  return (
    <Link className="cut cover" to="/devices/$id" params={{ id }} title={id}>
      {id}
    </Link>
  );
}
