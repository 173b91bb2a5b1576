using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Tests.Hosting;

public sealed class PortProbeTests
{
    [Fact]
    public void A_port_in_use_is_refused_with_option_port_and_holder()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var place = (IPEndPoint)taken.LocalEndpoint;

        var mistake = Assert.Throws<UserMistakeException>(() => PortProbe.Check($"--http http://{place}", place, "choose another"));

        Assert.Contains($"--http http://{place}", mistake.Message, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"held by process {Environment.ProcessId}"), mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_was_served_a_moment_ago_is_free()
    {
        IPEndPoint place;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            place = (IPEndPoint)listener.LocalEndpoint;
            using var caller = new TcpClient();
            caller.Connect(place);
            // The side that closes first keeps the connection in mind for a minute.
            listener.AcceptTcpClient().Dispose();
            Assert.Equal(-1, caller.GetStream().ReadByte());
        }

        PortProbe.Check("--port", place, "");
    }
}
