using PinnSweep.Studies.Annotations;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Storage.Tests.Annotations;

public sealed class SqliteAnnotationTablesTests() : AnnotationTablesTests(Database.Sqlite);

public sealed class PostgresAnnotationTablesTests() : AnnotationTablesTests(Database.Postgres);

/// <summary>Tags, notes and results of others are kept apart from everything else, and study by study.</summary>
public abstract class AnnotationTablesTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private readonly StoreFolder _folder;
    private Store _store;

    protected AnnotationTablesTests(Database database)
    {
        _folder = new(database);
        _store = Store.Open(_folder.Path);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_study_without_any_has_none()
    {
        var added = _store.Annotations.Of("study1");

        Assert.True(added is { Tags.IsEmpty: true, Notes.IsEmpty: true, External.IsEmpty: true, HasWords: false });
        Assert.Empty(_store.Annotations.Tags.All());
    }

    [Fact]
    public void Tags_are_those_that_were_set_last_and_of_each_study_its_own()
    {
        _store.Annotations.Tags.Set("study1", ["paper", "draft"]);
        _store.Annotations.Tags.Set("study2", ["paper"]);

        Assert.Equal(["draft", "final"], _store.Annotations.Tags.Set("study1", ["final", "draft", "final"]));
        Assert.Throws<UserMistakeException>(() => _store.Annotations.Tags.Set("study1", ["a b"]));

        Assert.Equal(["draft", "final"], _store.Annotations.Of("study1").Tags);
        Assert.Equal([("study1", "draft final"), ("study2", "paper")], _store.Annotations.Tags.All().OrderBy(study => study.Key).Select(study => (study.Key, string.Join(' ', study.Value))));
        Assert.Empty(_store.Annotations.Tags.Set("study2", []));
        Assert.Equal(["study1"], _store.Annotations.Tags.All().Keys);
    }

    [Fact]
    public void Notes_are_numbered_per_study_and_removed_by_number()
    {
        _store.Annotations.Notes.Add("study1", " first ", null, null);
        _store.Annotations.Notes.Add("study1", "second; drop table notes --", Factor.Balancer, "relobralo (τ = 1)");
        var other = _store.Annotations.Notes.Add("study2", "other", null, null);

        Assert.True(_store.Annotations.Notes.Remove("study1", 1));
        Assert.False(_store.Annotations.Notes.Remove("study1", 1));
        Assert.False(_store.Annotations.Notes.Remove("study2", 2));
        var third = _store.Annotations.Notes.Add("study1", "third", null, null);

        Assert.Equal((1, 3), (other.Number, third.Number));
        Assert.Equal(
            [(2, "balancer relobralo (τ = 1)", "second; drop table notes --"), (3, "", "third")],
            _store.Annotations.Of("study1").Notes.Select(note => (note.Number, note.About, note.Text)));
        Assert.Equal(third, _store.Annotations.Of("study1").Notes[1]);
    }

    [Fact]
    public void A_study_has_an_end_of_notes()
    {
        for (var i = 1; i <= AnnotationRules.MostNotes; i++)
        {
            _store.Annotations.Notes.Add("study1", "x", null, null);
        }

        Assert.Contains("keeps no more", Assert.Throws<UserMistakeException>(() => _store.Annotations.Notes.Add("study1", "x", null, null)).Message, StringComparison.Ordinal);
        Assert.Equal(AnnotationRules.MostNotes, _store.Annotations.Of("study1").Notes.Length);
    }

    [Fact]
    public void Results_of_others_come_back_bit_by_bit_stay_as_they_came_first_and_go_by_source()
    {
        var first = Result("Doe, 2024", "b", 1, 0.1 + 0.2);
        _store.Annotations.External.Add("study1", [Result("Roe", "a", 2, 0) with { Seconds = 1.5, Note = "table 3" }, first, Result("Doe, 2024", "a", 9, 4.9e-324)]);
        _store.Annotations.External.Add("study1", [first with { Error = 7, ImportedAt = At.AddDays(1) }, Result("Doe, 2024", "a", 10, 5)]);
        _store.Annotations.External.Add("study2", [first]);
        _store.Annotations.External.Add("study2", []);

        Assert.Equal(
            [Result("Doe, 2024", "a", 9, 4.9e-324), Result("Doe, 2024", "a", 10, 5), first, Result("Roe", "a", 2, 0) with { Seconds = 1.5, Note = "table 3" }],
            _store.Annotations.Of("study1").External);
        Assert.Equal(3, _store.Annotations.External.Remove("study1", "Doe, 2024"));
        Assert.Equal(0, _store.Annotations.External.Remove("study1", "Doe, 2024"));
        Assert.Equal("Roe", Assert.Single(_store.Annotations.Of("study1").External).Source);
        Assert.Single(_store.Annotations.Of("study2").External);
    }

    [Fact]
    public void They_are_kept_when_the_store_is_opened_again()
    {
        _store.Annotations.Tags.Set("study1", ["paper"]);
        _store.Annotations.External.Add("study1", [Result("Roe", "a", 2, 0.5)]);
        _store.Dispose();

        _store = Store.OpenForReading(_folder.Path);

        Assert.Equal((1, 1), (_store.Annotations.Of("study1").Tags.Length, _store.Annotations.Of("study1").External.Length));
    }

    [Fact]
    public void A_store_of_an_earlier_version_that_is_only_read_has_none()
    {
        foreach (var sql in (string[])["drop table tags", "drop table notes", "drop table external_results", $"delete from schema_version where version >= {Schema.SchemaVersions.SinceAnnotations}"])
        {
            using var connection = _store.Connections.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        _store.Dispose();
        _store = Store.OpenForReading(_folder.Path);

        Assert.False(_store.Annotations.Of("study1").HasWords);
        Assert.Empty(_store.Annotations.Tags.All());
    }

    private static ExternalResult Result(string source, string method, long seed, double error) => new(source, method, "helmholtz", seed, error, null, null, At);
}
