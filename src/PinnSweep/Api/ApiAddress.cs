using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Api;

/// <summary>A place to listen: an interface of this machine, never more than the one that was named.</summary>
/// <param name="EndPoint">The interface and port; port 0 takes a free one.</param>
/// <param name="IsTls">Whether it speaks https.</param>
internal sealed record ApiAddress(IPEndPoint EndPoint, bool IsTls)
{
    /// <summary>Whether only this machine reaches it.</summary>
    public bool IsLocal => IPAddress.IsLoopback(EndPoint.Address);

    /// <summary>Reads <c>http://HOST:PORT</c>.</summary>
    /// <exception cref="UserMistakeException">It is none, or the host is not this machine.</exception>
    public static ApiAddress Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.UserInfo.Length > 0)
        {
            throw new UserMistakeException($"--http {NearestMatch.Quote(url)}: expected http://HOST:PORT or https://HOST:PORT; 0.0.0.0 listens on every interface");
        }

        return new(new(Resolve(uri, url), uri.Port), uri.Scheme == "https");
    }

    /// <summary>The address as a URL, with the port that was really taken.</summary>
    public Uri At(int port) => new(string.Create(CultureInfo.InvariantCulture, $"{(IsTls ? "https" : "http")}://{new IPEndPoint(EndPoint.Address, port)}"));

    /// <summary>The address as other machines call it: where it listens on every interface, by the node's own name.</summary>
    public Uri CalledBy(string host) => EndPoint.Address.Equals(IPAddress.Any) || EndPoint.Address.Equals(IPAddress.IPv6Any)
        ? new UriBuilder(IsTls ? "https" : "http", host, EndPoint.Port).Uri
        : At(EndPoint.Port);

    private static IPAddress Resolve(Uri uri, string url)
    {
        if (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address))
        {
            return address;
        }

        // The web server would listen on every interface for a name that it does not know.
        try
        {
            return uri.IsLoopback ? IPAddress.Loopback : Dns.GetHostAddresses(uri.Host).OrderBy(found => found.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First();
        }
        catch (Exception unknown) when (unknown is SocketException or InvalidOperationException or ArgumentException)
        {
            throw new UserMistakeException($"--http {url}: '{uri.Host}' is no address of this machine ({unknown.Message}); 0.0.0.0 listens on every interface", unknown);
        }
    }
}
