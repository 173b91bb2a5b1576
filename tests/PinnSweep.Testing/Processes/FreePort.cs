using System.Net;
using System.Net.Sockets;

namespace PinnSweep.Testing.Processes;

/// <summary>Ports for servers under test that stop and come back to the same one.</summary>
public static class FreePort
{
    // Below the ports that outgoing connections take. Each process begins elsewhere, and no port is given twice: whoever stopped for a
    // moment finds its own again.
    private static int _last = 20_000 + (Environment.ProcessId * 7 % 10_000);

    /// <summary>A port on 127.0.0.1 that is free now.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _last);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; the next one.
            }
        }
    }
}
