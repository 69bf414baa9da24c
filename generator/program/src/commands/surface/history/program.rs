//! A program that uses all of the notes' client as it was in the beginning, and says every type.

use clients::MODULE as api;

use api::resources::notes::tags::Update;
use api::resources::notes::{Create, Delete, Get, List, Notes};
use api::types::{Color, NewNote, Note, Report};

pub async fn calls(client: &api::Client) -> Result<(), Box<dyn std::error::Error>> {
    let notes: Notes = client.notes();
    let list: List = notes.list().limit(20).color(&Color::Red);
    let _: Vec<Note> = list.send().await?;
    let get: Get = notes.get("id");
    let note: Note = get.send().await?;
    let new: NewNote = NewNote::new("title").body("body").color(Color::Green);
    let create: Create = notes.create(&new);
    let _: Note = create.send().await?;
    let delete: Delete = notes.delete("id");
    let () = delete.send().await?;
    let tag: Update = notes.tags().update("id", "tag");
    let () = tag.send().await?;
    let report = Report::builder().start("a").end("b").title("c").about("d").copies(2);
    let report: Report = report.build()?;
    let () = client.reports().create(&report).send().await?;
    read(note);
    Ok(())
}

fn read(note: Note) {
    let _: String = note.id;
    let _: String = note.title;
    let _: Option<i64> = note.size;
    let _: &str = match note.color {
        Some(Color::Red) => "red",
        Some(Color::Green) => "green",
        Some(Color::Blue) => "blue",
        _ => "another, or none",
    };
}

fn main() {}
