using System.CommandLine;
using System.Globalization;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Client;

/// <summary>Which node a verb talks to, and how: the same options everywhere.</summary>
internal sealed class ServerOptions
{
    private const string Variable = "PINNSWEEP_URL";
    private static readonly string DefaultUrl = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{NodeDefaults.HttpPort}");

    private readonly Option<string?> _url = Option("--url", Variable, "URL", $"The node to talk to. Default: {DefaultUrl}");
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

    /// <summary>What stands in the help of a verb that can do with a store too.</summary>
    public const string Precedence = "--url names a node, --store a store, not both; without either PINNSWEEP_URL goes before PINNSWEEP_STORE";

    /// <summary>
    /// Whether a verb that can do with a store too is to ask a node: --url says so, --store the opposite, and without either the variable.
    /// </summary>
    /// <exception cref="UserMistakeException">Both are named.</exception>
    public bool IsNodeMeant(ParseResult parsed, Option<string?> store) => (parsed.GetValue(_url), parsed.GetValue(store)) switch
    {
        ({ }, { }) => throw new UserMistakeException("--url and --store: a node has its own store; name one of the two"),
        ({ }, _) => true,
        (_, { }) => false,
        _ => Of(parsed, _url, Variable) is not null,
    };

    /// <summary>How the node was named, for messages.</summary>
    public string Named(ParseResult parsed) => parsed.GetValue(_url) is null ? Variable : "--url";

    /// <summary>Opens a client; nothing is sent yet.</summary>
    /// <exception cref="UserMistakeException">The address or the certificate cannot be used.</exception>
    public ApiClient Open(ParseResult parsed)
    {
        var text = Of(parsed, _url, Variable) ?? DefaultUrl;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? new(url, Of(parsed, _token, "PINNSWEEP_TOKEN"), Of(parsed, _authority, "PINNSWEEP_CA"))
            : throw new UserMistakeException($"--url {NearestMatch.Quote(text)}: expected the address of a node, for instance {DefaultUrl}");
    }

    private static Option<string?> Option(string name, string variable, string help, string description) => new(name) { Description = $"{description} [${variable}]", HelpName = help };

    private static string? Of(ParseResult parsed, Option<string?> option, string variable) =>
        parsed.GetValue(option) ?? (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null);
}
