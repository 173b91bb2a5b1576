using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Parquet;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Networks;
using PinnSweep.Planning;
using PinnSweep.Storage;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Testing.Processes;
using PinnSweep.Tests.Views;
using PinnSweep.Training;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Tests.Commands;

/// <summary><c>predict</c>, <c>export</c> and <c>show</c> on a network that was trained for a few steps.</summary>
public sealed class SolutionVerbTests : IDisposable
{
    private static readonly Lazy<byte[]> Network = new(() => Train("burgers", "{kind: mlp, hidden: [8, 8]}"));
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public SolutionVerbTests()
    {
        _file = _folder["network.pinn"];
        File.WriteAllBytes(_file, Network.Value);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_grid_is_predicted_with_its_derivatives()
    {
        var ran = await Captured.RunAsync("predict", _file, "--grid", "5x3", "--derivatives", "u_x,u_xx");
        var lines = ran.Out.TrimEnd('\n').Split('\n');
        double[] first = [.. lines[1].Split(',').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        Assert.Equal("x,t,u,u_x,u_xx", lines[0]);
        Assert.Equal(16, lines.Length);
        Assert.Equal((-1, 0), (first[0], first[1]));
        Assert.Equal("-1,0.5", string.Join(',', lines[2].Split(',')[..2]));
        Assert.Equal("1,1", string.Join(',', lines[^1].Split(',')[..2]));
        Assert.All(lines[1..], line => Assert.All(line.Split(','), word => Assert.True(double.IsFinite(double.Parse(word, CultureInfo.InvariantCulture)))));
    }

    [Fact]
    public async Task Points_of_a_file_are_predicted_in_their_order_and_those_outside_are_told()
    {
        File.WriteAllText(_folder["points.csv"], "# where\nname;t;x\na;0.5;0\n\nb;0;-0.25\nc;2;0\n");
        var ran = await Captured.RunAsync("predict", _file, "--at", _folder["points.csv"]);
        var whole = await Captured.RunAsync("predict", _file, "--grid", "3x3");

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal(["0,0.5", "-0.25,0", "0,2"], ran.Out.TrimEnd('\n').Split('\n').Skip(1).Select(line => string.Join(',', line.Split(',')[..2])));
        Assert.Contains(ran.Out.Split('\n')[1], whole.Out.Split('\n'));
        Assert.Contains("1 points lie outside the domain (x -1 to 1, t 0 to 1)", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_format_holds_the_same_numbers()
    {
        var text = (await Captured.RunAsync("predict", _file, "--grid", "4x3", "--out", _folder["a.csv"])).Error;
        await Captured.RunAsync("predict", _file, "--grid", "4x3", "--out", _folder["a.npz"]);
        await Captured.RunAsync("predict", _file, "--grid", "4x3", "--out", _folder["a.parquet"]);
        float[] csv = [.. File.ReadAllLines(_folder["a.csv"]).Skip(1).Select(line => float.Parse(line.Split(',')[2], CultureInfo.InvariantCulture))];

        Assert.Contains("12 points", text, StringComparison.Ordinal);
        Assert.Equal(["x.npy", "t.npy", "u.npy"], await NamesAsync());
        var (heading, numbers) = await ArrayAsync("u.npy");
        Assert.Equal("{'descr': '<f4', 'fortran_order': False, 'shape': (4,3,), }", heading);
        Assert.Equal(csv, Enumerable.Range(0, 12).Select(i => BitConverter.ToSingle(numbers, 4 * i)));
        await using var reader = await ParquetReader.CreateAsync(_folder["a.parquet"]);
        Assert.Equal(["x", "t", "u"], reader.Schema.GetDataFields().Select(field => field.Name));
        using var group = reader.OpenRowGroupReader(0);
        Assert.Equal(12, group.RowCount);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.part"));

        async Task<List<string>> NamesAsync()
        {
            await using var zip = await ZipFile.OpenReadAsync(_folder["a.npz"]);
            return [.. zip.Entries.Select(entry => entry.Name)];
        }

        async Task<(string Heading, byte[] Numbers)> ArrayAsync(string name)
        {
            await using var zip = await ZipFile.OpenReadAsync(_folder["a.npz"]);
            await using var entry = await zip.GetEntry(name)!.OpenAsync();
            using var bytes = new MemoryStream();
            await entry.CopyToAsync(bytes);
            var length = 10 + BitConverter.ToUInt16(bytes.ToArray(), 8);
            Assert.Equal(0, length % 64);
            return (Encoding.ASCII.GetString(bytes.ToArray(), 10, length - 10).TrimEnd(), bytes.ToArray()[length..]);
        }
    }

    [Theory]
    [InlineData("predict nowhere --grid 3x3", "'nowhere' is neither a file nor the key of a trial")]
    [InlineData("predict FILE", "expected either --at FILE or --grid NxM")]
    [InlineData("predict FILE --grid 3x3 --at POINTS", "expected either --at FILE or --grid NxM")]
    [InlineData("predict FILE --grid 3x3x3", "--grid 3x3x3: expected 2 whole numbers above 0, one for each coordinate (x × t)")]
    [InlineData("predict FILE --grid 3x3 --derivatives u_z", "'u_z' is no derivative of 'u': behind '_' stand coordinates (x, t)")]
    [InlineData("predict FILE --grid 3x3 --derivatives w", "--derivatives: 'w' is no derivative")]
    [InlineData("predict FILE --grid 3x3 --out a.xlsx", "the ending says what is written; allowed: .csv, .parquet, .npz")]
    [InlineData("predict FILE --at POINTS", "line 3, column 't': expected a number; found 'later'")]
    [InlineData("predict POINTS --grid 3x3", "it is no trained network of PinnSweep")]
    [InlineData("export FILE --format onx", "--format onx: allowed: onnx, safetensors, json; nearest 'onnx'")]
    [InlineData("show FILE --out a.gif", "the ending says what is drawn; allowed: .html, .svg, .png, .pdf")]
    public async Task A_mistake_is_told_with_what_is_allowed(string line, string message)
    {
        File.WriteAllText(_folder["points.csv"], "x,t\n0,0\n0,later\n");
        var ran = await Captured.RunAsync([.. line.Split(' ').Select(word => word switch { "FILE" => _file, "POINTS" => _folder["points.csv"], _ => word })]);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains(message, ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("onnx")]
    [InlineData("safetensors")]
    [InlineData("json")]
    public async Task Every_format_is_exported_under_its_own_ending(string format)
    {
        var ran = await Captured.RunAsync("export", _file, "--format", format, "--out", _folder[$"a.{format}"]);

        Assert.Equal((0, $"{_folder[$"a.{format}"]}\n"), (ran.ExitCode, ran.Out));
        Assert.True(new FileInfo(_folder[$"a.{format}"]).Length > 400);
    }

    [Fact]
    public async Task A_page_shows_the_solution_by_itself_and_pictures_are_files_each()
    {
        var page = await Captured.RunAsync("show", _file, "--out", _folder["a.html"]);
        var svg = await Captured.RunAsync("show", _file, "--out", _folder["a.svg"]);
        var png = await Captured.RunAsync("show", _file, "--out", _folder["a.png"]);
        var text = File.ReadAllText(_folder["a.html"]);

        Assert.Equal((0, 0, 0), (page.ExitCode, svg.ExitCode, png.ExitCode));
        Assert.Equal(2, text.Split("<svg").Length - 1);
        Assert.Contains("relative L2 error", text, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", text, StringComparison.Ordinal);
        Assert.Contains("A file has no curve", page.Error, StringComparison.Ordinal);
        Assert.Equal(["a-residual.png", "a-residual.svg", "a.png", "a.svg"], Directory.EnumerateFiles(_folder.Path, "a*.*g").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(_folder["a.png"])[..4]);
    }

    [Theory]
    [InlineData("lid-driven-cavity")]
    [InlineData("taylor-green")]
    [InlineData("poisson-1d-multiscale")]
    public async Task Solutions_of_one_coordinate_and_of_three_and_on_their_own_grid_are_shown(string problem)
    {
        File.WriteAllBytes(_folder["other.pinn"], Train(problem, "{kind: mlp, hidden: [6, 6]}"));

        var ran = await Captured.RunAsync("show", _folder["other.pinn"], "--out", _folder["b.pdf"]);

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal("%PDF"u8.ToArray(), File.ReadAllBytes(_folder["b.pdf"])[..4]);
    }

    [Fact]
    public async Task A_trial_of_a_store_has_its_network_and_its_curve()
    {
        var place = _folder["store.db"];
        var saved = NetworkFile.Read(Network.Value);
        TrialKey trial, other;
        using (var store = Store.Open(place))
        {
            // The store asks nothing of a network but that it is there: the one of another description serves.
            var plan = MadeStudy.In(store, MadeStudy.Grid);
            (trial, other) = (plan.Trials[0].Key, plan.Trials[1].Key);
            var hash = Convert.ToHexStringLower(SHA256.HashData(Network.Value));
            await store.Blobs.PutAsync(_file, hash, Network.Value.Length, CancellationToken.None);
            var row = store.Studies.ResultsOf(plan.Hash).Single(result => result.Key == trial);
            var blob = store.Connections.Query($"select blob, (select bytes from blobs where sha256 = blob) from results where key = '{trial.Hex}'", columns => (columns.GetString(0), columns.GetInt64(1))).Single();
            store.Decisions.Write([new TrialAccepted(trial, 1, new(blob.Item1, blob.Item2, row.Outcome, row.Steps, row.RelativeL2, row.Seconds) { Network = hash }, MadeStudy.At)], 5000);
        }

        var shown = await Captured.RunAsync("show", trial.Hex[..12], "--store", place, "--out", _folder["c.html"]);
        var predicted = await Captured.RunAsync("predict", trial.Hex[..12], "--store", place, "--grid", "2x2");
        var without = await Captured.RunAsync("predict", other.Hex[..12], "--store", place, "--grid", "2x2");

        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.Equal(3, File.ReadAllText(_folder["c.html"]).Split("<svg").Length - 1);
        Assert.Equal((await Captured.RunAsync("predict", _file, "--grid", "2x2")).Out, predicted.Out);
        Assert.Equal(1, without.ExitCode);
        Assert.Contains($"its result was stored without; `pinnsweep train --trial {other.Short} --store {place} --save FOLDER`", without.Error, StringComparison.Ordinal);
        Assert.Equal("burgers", TrialDescription.Parse(saved.Description).Levels.Problem.Kind);
    }

    private static byte[] Train(string problem, string network)
    {
        var levels = FactorWords.All.ToDictionary(factor => factor, factor => factor switch
        {
            Factor.Problem => problem,
            Factor.Network => network,
            Factor.Sampler => "{kind: uniform, interior: 40, boundary: 20, initial: 20}",
            _ => null,
        });
        using var training = new TrainingLoop(PinnTrials.Assemble(TrialWords.Describe(levels, Budget.OfSteps(4), 1), new FusedEngines()), TimeProvider.System);
        while (!training.IsFinished)
        {
            training.Advance();
        }

        return NetworkFile.Write(training.Network()!);
    }

    /// <summary>Those of programs that have no libtorch.</summary>
    private sealed class FusedEngines : IEngineSource
    {
        public IJetEngine Create(NetworkGraph network, Precision precision, int coefficients, Action<string>? note = null) => JetEngines.CreateFused(network, precision);
    }
}
