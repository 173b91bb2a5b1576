using System.CommandLine;
using System.Globalization;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Studies;

namespace PinnSweep.Client;

/// <summary>Which node a verb talks to, and how: the same options everywhere.</summary>
internal sealed class ServerOptions
{
    private static readonly string DefaultUrl = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{NodeDefaults.HttpPort}");

    private readonly Option<string?> _url = Option("--url", "PINNSWEEP_URL", "URL", $"The node to talk to. Default: {DefaultUrl}");
    private readonly Option<string?> _token = Option("--token", "PINNSWEEP_TOKEN", "TOKEN", "A token of that node's file. Better as variable: other users of this machine see command lines");
    private readonly Option<string?> _authority = Option("--ca", "PINNSWEEP_CA", "FILE", "The ca.crt of the cluster, for an https address");

    /// <summary>Gives a verb the options.</summary>
    public ServerOptions AddTo(Command command)
    {
        command.Add(_url);
        command.Add(_token);
        command.Add(_authority);
        return this;
    }

    /// <summary>Whether a server was named, be it by variable.</summary>
    public bool IsUrlNamed(ParseResult parsed) => parsed.GetValue(_url) is not null;

    /// <summary>Opens a client; nothing is sent yet.</summary>
    /// <exception cref="UserMistakeException">The address or the certificate cannot be used.</exception>
    public ApiClient Open(ParseResult parsed)
    {
        var text = Of(parsed, _url, "PINNSWEEP_URL") ?? DefaultUrl;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? new(url, Of(parsed, _token, "PINNSWEEP_TOKEN"), Of(parsed, _authority, "PINNSWEEP_CA"))
            : throw new UserMistakeException($"--url {NearestMatch.Quote(text)}: expected the address of a node, for instance {DefaultUrl}");
    }

    private static Option<string?> Option(string name, string variable, string help, string description) => new(name) { Description = $"{description} [${variable}]", HelpName = help };

    private static string? Of(ParseResult parsed, Option<string?> option, string variable) =>
        parsed.GetValue(option) ?? (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null);
}
