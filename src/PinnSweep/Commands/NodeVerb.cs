using System.CommandLine;
using System.Globalization;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Cluster.Working;
using PinnSweep.Nodes;
using PinnSweep.Processes;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary>
/// <c>node</c>: a member of a cluster. Every option has a variable, so that a container or a service needs no command line.
/// </summary>
internal static class NodeVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var roles = Text("--roles", "PINNSWEEP_ROLES", "ROLES", "coordinator, worker, or both. Default: coordinator,worker");
        var name = Text("--name", "PINNSWEEP_NAME", "NAME", "Its name in leases and logs; the same after a restart, and no other node's. Default: the machine's name and the port");
        var host = Text("--host", "PINNSWEEP_HOST", "HOST", "The interface to listen on. Default: 127.0.0.1, which no other machine can reach");
        var publicHost = Text("--public-host", "PINNSWEEP_PUBLIC_HOST", "HOST", "What the other nodes call this machine. Default: --host");
        var port = Text("--port", "PINNSWEEP_PORT", "N", string.Create(CultureInfo.InvariantCulture, $"The port between nodes; 0 takes a free one. Default: {NodeDefaults.RemotingPort}"));
        var seeds = new Option<string[]>("--seed-node")
        {
            Description = "A node to join by; several times. Coordinators first, then two or three workers that stay. Without one the node founds a cluster of its own [$PINNSWEEP_SEEDS, separated by commas]",
            HelpName = "HOST:PORT",
            DefaultValueFactory = _ => [],
        };
        var config = Text("--config", "PINNSWEEP_CONFIG", "NAME|FILE", $"Settings: {string.Join(", ", NodeProfile.BuiltIn)}, or a HOCON file. Default: {NodeProfile.Default}");
        var http = Text("--http", "PINNSWEEP_HTTP", "URL", string.Create(CultureInfo.InvariantCulture, $"Where people and programs reach it. Default: http://127.0.0.1:{NodeDefaults.HttpPort} on a coordinator, none on a worker; off: none"));
        var publicUrl = Text("--public-url", "PINNSWEEP_PUBLIC_URL", "URL", "What the workers call --http. Default: --http");
        var tls = Text("--tls", "PINNSWEEP_TLS", "DIR", "Folder with ca.crt, node.crt and node.key, as `pinnsweep certs init` makes them");
        var insecure = new Option<bool>("--insecure") { Description = "Talk to other machines in plain text, where the network itself is trusted [$PINNSWEEP_INSECURE=1]" };
        var noPages = new Option<bool>("--no-pages") { Description = "Serve programs only, and no pages for browsers [$PINNSWEEP_NO_PAGES=1]" };
        var tokens = Text("--tokens", "PINNSWEEP_TOKENS", "FILE", "Tokens that the HTTP interface takes: a line `read TOKEN` or `operate TOKEN` each; needed beyond this machine");
        var alerts = Text("--alerts", AlertsVerb.Variable, "FILE", "Who is told of what by HTTP: settled studies, trials given up, machines in trouble, a full disk; only the coordinating node tells (docs/alerts.md)");
        var planning = Text("--planning-limit", "PINNSWEEP_PLANNING_LIMIT", "SECONDS", "Submitted studies that take longer to plan are refused. Default: 30");
        var slots = Text("--slots", "PINNSWEEP_SLOTS", "N", "Trials trained at the same time: a number, or gpu=N,cpu=N. Default: one a GPU, or without GPUs one a core");
        var lanes = Text("--lanes", "PINNSWEEP_LANES", "N", "Trials that share a device, and so a trainer process; each has the digits of a trial alone. auto, the default, finds out how many of a shape a GPU is best filled with, and is 1 on cores");
        var store = CommonOptions.Store();
        var work = Text("--work", WorkFolder.Variable, "DIR", "Where checkpoints and results lie until they are stored. Default: a folder of the node's name in ~/.local/state/pinnsweep (or $XDG_STATE_HOME/pinnsweep)");
        var spool = Text("--spool", "PINNSWEEP_SPOOL", "DIR", "Where bodies of HTTP requests lie until they are stored. Default: beside the store's file, with PostgreSQL beside --work");
        var until = Text("--until", "PINNSWEEP_UNTIL", "TIME", "When this node must have ended, as under a batch system: hours:minutes:seconds from now, or a time in ISO 8601. It is then filled with short trials and drains in time");
        var engine = new Option<string>("--engine") { Description = "auto, fused, torch, cuda or cuda:N", HelpName = "NAME", DefaultValueFactory = _ => "auto" };
        var seq = CommonOptions.Seq();
        var otlp = CommonOptions.Otlp();
        var command = new Command("node", "Join a cluster, or start one. SIGTERM or Ctrl-C: trainers write checkpoints, leases are given back, the node leaves.")
        {
            roles.Option, name.Option, host.Option, publicHost.Option, port.Option, seeds, config.Option, http.Option, publicUrl.Option, tls.Option, insecure, noPages, tokens.Option, alerts.Option, planning.Option, slots.Option, lanes.Option, store, work.Option, spool.Option, until.Option, engine, seq, otlp,
        };
        command.SetAction(async (parsed, _) =>
        {
            var (coordinates, works) = RolesOf(roles.Of(parsed) ?? $"{NodeDefaults.CoordinatorRole},{NodeDefaults.WorkerRole}");
            var portNumber = PortOf(port.Of(parsed) ?? NodeDefaults.RemotingPort.ToString(CultureInfo.InvariantCulture));
            var bind = host.Of(parsed) ?? "127.0.0.1";
            var nodeName = NameOf(name.Of(parsed), portNumber);
            var request = new NodeRequest
            {
                Coordinates = coordinates,
                Works = works,
                Name = nodeName,
                Host = bind,
                PublicHost = publicHost.Of(parsed) ?? (bind == "0.0.0.0" ? throw new UserMistakeException("--host 0.0.0.0: the other nodes need a name for this one; give it by --public-host") : null),
                Port = portNumber,
                Seeds = [.. Several(parsed.GetRequiredValue(seeds), "PINNSWEEP_SEEDS")],
                Profile = config.Of(parsed) ?? NodeProfile.Default,
                Http = (http.Of(parsed) ?? (coordinates ? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{NodeDefaults.HttpPort}") : "off")) is not "off" and var url ? url : null,
                PublicUrl = publicUrl.Of(parsed),
                Tls = tls.Of(parsed),
                Insecure = parsed.GetValue(insecure) || Environment.GetEnvironmentVariable("PINNSWEEP_INSECURE") == "1",
                HasPages = !(parsed.GetValue(noPages) || Environment.GetEnvironmentVariable("PINNSWEEP_NO_PAGES") == "1"),
                Tokens = tokens.Of(parsed),
                Alerts = alerts.Of(parsed),
                Token = Environment.GetEnvironmentVariable("PINNSWEEP_TOKEN") is { Length: > 0 } token ? token : null,
                PlanningLimit = planning.Of(parsed) is { } limit ? LimitOf(limit) : null,
                Slots = slots.Of(parsed),
                Lanes = lanes.Of(parsed),
                Store = CommonOptions.StoreOf(parsed, store),
                Work = work.Of(parsed) ?? WorkFolder.Usual(nodeName),
                Spool = spool.Of(parsed),
                Until = until.Of(parsed) is { } end ? UntilOf(end) : null,
                Engine = EngineWord.Of("--engine", parsed.GetRequiredValue(engine), ["auto", "fused", "torch", "cuda"]),
                Seq = CommonOptions.SeqOf(parsed, seq),
                Otlp = parsed.GetValue(otlp),
            };
            return await NodeRun.RunAsync(request, terminal, interrupts);
        });
        return command;
    }

    private static (bool Coordinates, bool Works) RolesOf(string text)
    {
        var roles = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(role => Choice.Of("--roles", role, [NodeDefaults.CoordinatorRole, NodeDefaults.WorkerRole]))
            .ToArray();
        return roles.Length > 0
            ? (roles.Contains(NodeDefaults.CoordinatorRole), roles.Contains(NodeDefaults.WorkerRole))
            : throw new UserMistakeException("--roles: expected coordinator, worker, or both separated by a comma");
    }

    private static int PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue
            ? port
            : throw new UserMistakeException($"--port {text}: expected a whole number from 0 to {ushort.MaxValue}");

    private static TimeSpan LimitOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 240
            ? TimeSpan.FromSeconds(seconds)
            : throw new UserMistakeException($"--planning-limit {NearestMatch.Quote(text)}: expected seconds from 1 to 240");

    private static string NameOf(string? given, int port)
    {
        var name = given ?? (port == NodeDefaults.RemotingPort
            ? Environment.MachineName
            : string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{(port == 0 ? Environment.ProcessId : port)}"));
        return name.Length is > 0 and <= 100 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') && name.Any(char.IsAsciiLetterOrDigit)
            ? name
            : throw new UserMistakeException($"--name {name}: expected up to 100 letters, digits, dots, dashes and underscores");
    }

    private static DateTimeOffset UntilOf(string text)
    {
        var now = TimeProvider.System.GetUtcNow();
        // As batch systems write wall time: hours may be more than a day's.
        return text.Split(':') is [var hours, var minutes, var seconds]
            && int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var h) && h < 10_000
            && int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var m) && m < 60
            && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var s) && s < 60 ? now + new TimeSpan(h, m, s)
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at > now ? at
            : throw new UserMistakeException($"--until {text}: expected hours:minutes:seconds from now, for instance 11:45:00, or a later time in ISO 8601");
    }

    private static string[] Several(string[] given, string variable) => given.Length > 0
        ? given
        : (Environment.GetEnvironmentVariable(variable) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static TextOption Text(string name, string variable, string help, string description) =>
        new(new(name) { Description = $"{description} [${variable}]", HelpName = help }, variable);

    /// <summary>An option that a variable can give too.</summary>
    private sealed record TextOption(Option<string?> Option, string Variable)
    {
        public string? Of(ParseResult parsed) =>
            parsed.GetValue(Option) ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value ? value : null);
    }
}
