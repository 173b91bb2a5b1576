using System.Net;
using System.Net.Sockets;
using System.Text;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>
/// What a person can get wrong: each ends with exit code 1 and a message that says where and what is allowed, and nothing is lost.
/// </summary>
public class MistakeTests
{
    private const string Good = """
        study: mine
        seeds: 1
        factors:
          problem: [helmholtz]
          balancer: [static, relobralo]
        budget: {steps: 10}
        """;

    [Theory]
    [InlineData("relobralo", "relobrallo", "mine.yaml:5", "nearest 'relobralo'")]
    [InlineData("helmholtz", "helmholz", "mine.yaml:4", "nearest 'helmholtz'")]
    [InlineData("budget:", "bugdet:", "mine.yaml:6", "nearest 'budget'")]
    [InlineData("steps: 10", "steps: ten", "mine.yaml:6", "budget.steps")]
    [InlineData("steps: 10", "steps: -10", "mine.yaml:6", "budget.steps")]
    [InlineData("steps: 10", "steps: 10, seconds: 3", "mine.yaml:6", "seconds")]
    [InlineData("seeds: 1", "seeds: 0", "mine.yaml:2", "seeds")]
    [InlineData("[static, relobralo]", "[]", "mine.yaml:5", "balancer")]
    [InlineData("[static, relobralo]", "[{kind: relobralo, temperature: -1}]", "mine.yaml:5", "temperature")]
    [InlineData("[static, relobralo]", "[{kind: relobralo, temprature: 1}]", "mine.yaml:5", "nearest 'temperature'")]
    [InlineData("budget: {steps: 10}", "budget: {steps: 10}\nexclude: [{problem: helmholtz}]", "mine.yaml:3", "no trial")]
    [InlineData("seeds: 1", "seeds: [1", "mine.yaml:", "mine.yaml")]
    public async Task A_mistake_in_the_file_names_file_line_and_key(string right, string wrong, string place, string hint)
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.yaml", Good.Replace(right, wrong, StringComparison.Ordinal));

        using var run = await Cli.RunAsync(folder, "run", "mine.yaml");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(place, run.Error, StringComparison.Ordinal);
        Assert.Contains(hint, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["pinnsweep.db"]));
    }

    [Theory]
    [InlineData("u_xx = f", "u_xx = g", "my.yaml:3:30: equations.residual: name 'g' unknown")]
    [InlineData("u_xx = f", "u_xx = f/(x - 0.5)", "my.yaml:3:31: equations.residual: divides by zero at x = 0.5")]
    [InlineData("on: x,", "on: x-lower,", "my.yaml:4:1: conditions: no condition on x-upper")]
    public async Task A_mistake_in_a_problem_file_names_file_line_and_column(string right, string wrong, string message)
    {
        using var folder = new TemporaryFolder();
        const string Problem = "problem: mine\ncoordinates: {x: [0, 1]}\nequations: {residual: u_xx = f}\nconditions: {ends: {on: x, expression: u}}\nconstants: {f: 1}\n";
        folder.Write("mine.yaml", Good.Replace("[helmholtz]", "{kind: file, path: my.yaml}", StringComparison.Ordinal));
        folder.Write("my.yaml", Problem.Replace(right, wrong, StringComparison.Ordinal));

        using var run = await Cli.RunAsync(folder, "plan", "mine.yaml");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-folder/pinnsweep.db")]
    [InlineData("mine.yaml/pinnsweep.db")]
    [InlineData("/proc/pinnsweep.db")]
    [InlineData(".")]
    public async Task A_store_that_cannot_be_is_named(string store)
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.yaml", Good);

        using var run = await Cli.RunAsync(folder, "run", "mine.yaml", "--store", store);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(Path.GetFullPath(Path.Combine(folder.Path, store)).TrimEnd('/'), run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("this is no database at all, it only has the name of one")]
    [InlineData("SQLite format 3\0then nothing that makes sense")]
    public async Task A_damaged_store_is_told_and_left_as_it_is(string content)
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.yaml", Good);
        var bytes = Encoding.ASCII.GetBytes(content.PadRight(8192, 'x'));
        await File.WriteAllBytesAsync(folder["pinnsweep.db"], bytes);

        using var run = await Cli.RunAsync(folder, "run", "mine.yaml");
        using var report = await Cli.RunAsync(folder, "report", "mine.yaml");

        Assert.Equal((1, 1), (run.ExitCode, report.ExitCode));
        Assert.Contains(folder["pinnsweep.db"], run.Error, StringComparison.Ordinal);
        Assert.Contains(folder["pinnsweep.db"], report.Error, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(folder["pinnsweep.db"]));
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.yaml", Good);
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        using var run = await Cli.RunAsync(folder, "run", "mine.yaml", "--port", $"{port}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{port}", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run mine.yaml --slots 0", "--slots 0")]
    [InlineData("run mine.yaml --slots two", "expected a number from 1 to 1024, or how many of each kind")]
    [InlineData("run mine.yaml --port 70000", "--port 70000")]
    [InlineData("run mine.yaml --out mine.yaml/report", "--out")]
    [InlineData("run mine.yaml --set seeds", "KEY=VALUE")]
    [InlineData("run mine.yaml --seq nowhere", "--seq nowhere")]
    [InlineData("run mein.yaml", "neither a file nor built in")]
    [InlineData("run", "STUDY")]
    [InlineData("report mine.yaml", "there is no store here")]
    [InlineData("report mine.yaml --format pdf", "report format 'pdf'")]
    public async Task A_wrong_option_is_named(string line, string hint)
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.yaml", Good);

        using var run = await Cli.RunAsync(folder, line.Split(' '));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(hint, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }
}
