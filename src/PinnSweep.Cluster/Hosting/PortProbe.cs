using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Hosting;

/// <summary>Looks whether a port can be listened on before a node joins anything, and says who has it.</summary>
public static class PortProbe
{
    private const string Listening = "0A";

    /// <summary>Refuses a port that cannot be listened on; 0 is always free.</summary>
    /// <param name="option">What the user said, for instance <c>--port 4053</c>.</param>
    /// <param name="place">Where to listen.</param>
    /// <param name="wayOut">What else the user can say.</param>
    /// <exception cref="UserMistakeException">It is taken, forbidden, or no address of this machine.</exception>
    public static void Check(string option, IPEndPoint place, string wayOut)
    {
        if (place.Port == 0)
        {
            return;
        }

        try
        {
            using var probe = new TcpListener(place) { ExclusiveAddressUse = true };
            probe.Start();
        }
        catch (SocketException taken)
        {
            throw new UserMistakeException($"{option}: cannot be used on {place.Address} ({taken.Message}{Holder(place.Port)}); {wayOut}", taken);
        }
    }

    /// <summary>The process that listens on a port, as far as this user may know.</summary>
    private static string Holder(int port)
    {
        try
        {
            var sockets = new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields.Length > 9 && fields[3] == Listening && fields[1].EndsWith(string.Create(CultureInfo.InvariantCulture, $":{port:X4}"), StringComparison.Ordinal))
                .Select(fields => $"socket:[{fields[9]}]")
                .ToHashSet();
            var process = Directory.EnumerateDirectories("/proc").FirstOrDefault(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _) && HasOne(folder, sockets));
            return process is null ? "" : $", held by process {Path.GetFileName(process)}: {File.ReadAllText(Path.Combine(process, "comm")).Trim()}";
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static bool HasOne(string process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd")).Any(descriptor => new FileInfo(descriptor).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception foreign) when (foreign is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
