// SPDX-License-Identifier: Apache-2.0
import { Button, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';

export function NotFound() {
  return (
    <div className="page" style={{ textAlign: 'center', paddingTop: 80 }}>
      <Title order={1} size="h2">
        Nothing shines here
      </Title>
      <Text className="dim" my="md">
        This address leads to no page.
      </Text>
      <Button component={Link} to="/devices">
        To the devices
      </Button>
    </div>
  );
}
