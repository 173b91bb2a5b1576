using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using PinnSweep.Cluster.Local;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Testing;

namespace PinnSweep.Cluster.Tests.Local;

/// <summary>
/// Stores in which bits flipped or rows vanished anywhere: each is reported with what is damaged or refused by its name, never a defect and
/// never silence; and where it is not refused the same run ends with the undisturbed numbers. `tests/run --slow Cluster` tries a hundred of
/// each kind. `PINNSWEEP_DAMAGE_SEED=17` lives one again.
/// </summary>
[Collection("damaged stores")]
public sealed class RandomDamageTests(ITestOutputHelper output, DamagedStoreFixture stores) : IClassFixture<DamagedStoreFixture>
{
    [Theory]
    [InlineData(5)]
    public Task Damaged_rows_and_columns_are_named_and_heal(int count) => TryAllAsync(count, DamageRows, mayRefuse: false);

    [Theory]
    [InlineData(5)]
    public Task Flipped_bits_of_the_file_are_named_or_refused(int count) => TryAllAsync(count, FlipBits, mayRefuse: true);

    [Theory(Explicit = true)]
    [InlineData(100)]
    public Task A_hundred_stores_with_damaged_rows_and_columns_heal(int count) => TryAllAsync(count, DamageRows, mayRefuse: false);

    [Theory(Explicit = true)]
    [InlineData(100)]
    public Task A_hundred_stores_with_flipped_bits_are_named_or_refused(int count) => TryAllAsync(count, FlipBits, mayRefuse: true);

    private async Task TryAllAsync(int count, Func<string, Random, string> damage, bool mayRefuse)
    {
        var seeds = Environment.GetEnvironmentVariable("PINNSWEEP_DAMAGE_SEED") is { } one
            ? [int.Parse(one, CultureInfo.InvariantCulture)]
            : Enumerable.Range(1, count);
        var failures = new List<string>();
        var refused = 0;
        foreach (var seed in seeds)
        {
            using var store = new TestStore();
            File.Copy(stores.Path, store.Path);
#pragma warning disable CA5394, RS0030 // The seed makes the damage of a test come again; nothing is kept secret by it.
            var what = damage(store.Path, new(seed));
#pragma warning restore CA5394, RS0030
            var watch = Stopwatch.StartNew();
            using var log = new TestLog(null);
            try
            {
                await HealAsync(store.Path, log);
            }
            catch (UserMistakeException refusal) when (mayRefuse && refusal.Message.Contains(store.Path, StringComparison.Ordinal))
            {
                refused++;
                output.WriteLine($"{seed}: refused: {refusal.Message}");
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                failures.Add($"seed {seed}, {what}: {failure.GetType().Name}: {failure.Message}");
                output.WriteLine($"{failures[^1]}\n{failure.StackTrace}\n{log.Text}");
            }

            output.WriteLine($"{seed}: {what} ({watch.Elapsed.TotalSeconds:F1} s)");
        }

        output.WriteLine($"{refused} refused");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private async Task HealAsync(string path, TestLog log)
    {
        Expect(Report(path, DamagedStoreFixture.Finished), stores.Digits, isWhole: false);

        foreach (var plan in (StudyPlan[])[DamagedStoreFixture.Finished, DamagedStoreFixture.Begun])
        {
            var run = await DamagedStoreFixture.RunAsync(path, plan, log);

            Assert.Equal(LocalRunEnd.Completed, run.End);
            Expect(run.Results, stores.Digits, isWhole: true);
            Expect(Report(path, plan), stores.Digits, isWhole: true);
        }
    }

    private static StudyResults Report(string path, StudyPlan plan)
    {
        using var store = Store.OpenForReading(path);
        return store.Studies.LoadResults(plan);
    }

    /// <summary>Every number is the undisturbed one, and of those that are not there the report says why.</summary>
    private static void Expect(StudyResults results, Dictionary<TrialKey, string> digits, bool isWhole)
    {
        Assert.All(results.Results, entry => Assert.Equal(digits[entry.Key], DamagedStoreFixture.DigitsOf(entry.Value)));
        if (isWhole)
        {
            Assert.Empty(results.Damaged);
            Assert.Equal(results.Plan.Trials.Length, results.Results.Count);
        }
    }

    private static string DamageRows(string path, Random random)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false;Foreign Keys=false");
        connection.Open();
        var done = new List<string>();
        string[] tables = [.. Texts(connection, "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")
            .Where(table => Texts(connection, $"select count(*) from {table}").Single() != "0")];
        while (done.Count < 3)
        {
            var table = tables[random.Next(tables.Length)];
            string[] columns = [.. Texts(connection, $"select name from pragma_table_info('{table}')")];
            string[] keys = [.. Texts(connection, $"select name from pragma_table_info('{table}') where pk > 0 order by pk")];
            var row = random.Next(int.Parse(Texts(connection, $"select count(*) from {table}").Single(), CultureInfo.InvariantCulture));
            var where = $"({string.Join(", ", keys)}) = (select {string.Join(", ", keys)} from {table} limit 1 offset {row})";
            var column = columns[random.Next(columns.Length)];
            try
            {
                done.Add(random.Next(3) == 0 ? Delete(connection, table, where, row) : Flip(connection, table, column, where, row, random));
            }
            catch (SqliteException)
            {
                // A key that is there already, or a table that is empty by now: another place.
            }
        }

        return string.Join(", ", done);
    }

    private static string Delete(SqliteConnection connection, string table, string where, int row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"delete from {table} where {where}";
        return command.ExecuteNonQuery() == 1 ? $"{table} row {row} deleted" : throw new SqliteException("no row", 1);
    }

    private static string Flip(SqliteConnection connection, string table, string column, string where, int row, Random random)
    {
        using var read = connection.CreateCommand();
        read.CommandText = $"select {column} from {table} where {where}";
        var value = read.ExecuteScalar();
        var text = value as string;
        byte[] bytes = value switch
        {
            string words => System.Text.Encoding.UTF8.GetBytes(words),
            byte[] content => [.. content],
            long number => BitConverter.GetBytes(number),
            double number => BitConverter.GetBytes(number),
            _ => [],
        };
        if (bytes.Length == 0)
        {
            throw new SqliteException("nothing to flip", 1);
        }

        var bit = random.Next(8 * bytes.Length);
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        using var write = connection.CreateCommand();
        write.CommandText = $"update {table} set {column} = {(text is null ? "$value" : "cast($value as text)")} where {where}";
        write.Parameters.AddWithValue("$value", value switch
        {
            long => BitConverter.ToInt64(bytes),
            double => BitConverter.ToDouble(bytes),
            _ => bytes,
        });
        write.ExecuteNonQuery();
        return $"{table}.{column} row {row} bit {bit}";
    }

    private static string FlipBits(string path, Random random)
    {
        var places = Enumerable.Range(0, 3).Select(_ => random.NextInt64(8 * new FileInfo(path).Length)).ToArray();
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        foreach (var place in places)
        {
            file.Position = place / 8;
            var changed = (byte)(file.ReadByte() ^ (1 << (int)(place % 8)));
            file.Position = place / 8;
            file.WriteByte(changed);
        }

        return $"bits {string.Join(", ", places)}";
    }

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return rows;
    }
}

/// <summary>One store made by real runs, to be copied: a finished study and one that was stopped with checkpoints.</summary>
public sealed class DamagedStoreFixture : IAsyncLifetime
{
    private readonly TestStore _store = new();

    internal static StudyPlan Finished { get; } = TestStudies.Plan("finished", 20, 2, TestStudies.Calm(), TestStudies.Calm(pause: 1));

    internal static StudyPlan Begun { get; } = TestStudies.Plan("begun", 60, 2, TestStudies.Calm(pause: 5));

    public string Path => _store.Path;

    internal Dictionary<TrialKey, string> Digits { get; } = [];

    public async ValueTask InitializeAsync()
    {
        using var log = new TestLog(null);
        using (var undisturbed = new TestStore())
        {
            foreach (var plan in (StudyPlan[])[Finished, Begun])
            {
                foreach (var (key, result) in (await RunAsync(undisturbed.Path, plan, log)).Results.Results)
                {
                    Digits[key] = DigitsOf(result);
                }
            }
        }

        await RunAsync(Path, Finished, log);
        using var stop = new CancellationTokenSource();
        await RunAsync(
            Path,
            Begun,
            log,
            status =>
            {
                if (status.Running.Count(trial => trial.Progress.Step > 20) == 2)
                {
                    stop.Cancel();
                }
            },
            stop.Token);
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static async Task<LocalRunResult> RunAsync(string path, StudyPlan plan, TestLog log, Action<StudyProgress>? progress = null, CancellationToken stop = default)
    {
        var options = new LocalRunOptions { StorePath = path, TrainerPath = FakeTrainer.Path, Slots = 2, ProgressEvery = TimeSpan.FromSeconds(0.05) };
        return await LocalRun.RunAsync(plan, "study: text", options, log.Factory, new ActionProgress<StudyProgress>(progress ?? (_ => { })), stop).WaitAsync(Waiting.Patience, CancellationToken.None);
    }

    internal static string DigitsOf(TrialResult result) =>
        $"{result.Outcome} {result.Steps} {string.Join(' ', result.Curve.Select(point => $"{point.Step}:{BitConverter.DoubleToInt64Bits(point.RelativeL2)}"))}";
}
