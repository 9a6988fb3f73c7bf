/** Spanish, Italian, Portuguese and Turkish. */

const SPANISH: readonly string[] = [
  'Agudeza visual 0,7 con Estenopeico. Presión por Perkins 15/16. Rejilla de Amsler normal. Visto en Retina, gotas de Azarga.',
  'Comentado con Cirugía, valorado por Anestesia, avisado a Quirófano. Trasladado a Planta con Celador. Familia en Sala.',
  'Vuelve de Guinea con fiebre. Gota gruesa negativa. Vacuna de Fiebre Amarilla antes de Brasil. Consejo de Sanidad Exterior.',
  'Procedencia: Domicilio. Médico: De guardia. Servicio: Digestivo. Contacto: Secretaría. Motivo: Revisión. Nombre del fármaco: Emconcor.',
  'Odontograma: 36 ausente, 46 corona. Clase de Angle II. Férula de Michigan, enjuague de Perio Aid. Próxima cita con Higienista.',
  'Menú: Crema Parmentier, Merluza a la Vasca, Pollo Villeroy, Tortilla de Betanzos, Flan. Dieta sin gluten de Cocina B.',
  'Comité de Tumores: caso 2, esquema de Gramont, propuesto por Oncología. Guía SEOM, edición 5. Barcelona B, Milán cumple.',
  'Turnos: Mañana A, Tarde B, Noche C. Guardia: Dr A, Refuerzo en Santos y Reyes. Cambio por Supervisora.',
  'Contaje: Kocher 6, Allis 4, Farabeuf 2, Mayo 3, Roux 2, Finochietto 1. Gasas 20 de 20. Conforme con Circulante.',
  'Parto: Hodge III, Kristeller no realizado, Espátulas de Thierry, Apgar 9/10. Piel con Piel, Vitamina K por Matrona.',
  'Impresora de Urgencias sin papel. Trabajo pasado a Admisión. Aviso a Informática por Supervisora. Repuesto de Canon.',
  'Hoja: Ha sido operado de Catarata. Use gafas de Sol, no frote, vuelva si Dolor. Llame a Consultas. Gracias por su Confianza.',
  'Cuestionario: Siempre 4, A veces 2, Nunca 0. Total 17 de 40. Relleno por Cuidador en Centro de Día. Firma: ____',
  'Capilla: Misa de Domingo a las 12, Virgen del Carmen, Salve. Visita del Capellán por Control. Flores a Entrada Principal.',
  'Alerta: sarampión en Colegio. Consulte con Pediatra si no tiene Triple Vírica. Nota de Salud Pública, Semana 14.',
];

const ITALIAN: readonly string[] = [
  'Visus 8/10 con Foro. Tono con Goldmann 14. Campo di Humphrey nei limiti. Visto in Oculistica, collirio di Cosopt.',
  'Discusso con Chirurgo, valutato da Cardiologo, inviato da Pronto Soccorso. Chiamata la Rianimazione. Posto Letto da Bed Manager.',
  'Rientro da Zanzibar con febbre. Goccia spessa negativa. Profilassi con Lariam non fatta. Sentito il Centro di Malattie Tropicali.',
  'Mittente: Farmacia. Reparto: Medicina Donna. Medico: Di turno. Sede: Piano Terra. Contatto: Caposala. Nome del farmaco: Cardirene.',
  'Menù: Minestrone alla Genovese, Pollo alla Marengo, Purè, Pesca Melba, Grana. Senza sale: Riso Carnaroli. Acqua di Fiuggi.',
  'Conta: Kocher 4, Klemmer 6, Farabeuf 2, Volkmann 1, Collin 2. Garze 30 su 30. Firmato: Strumentista, Infermiere di Sala.',
  'Dente 36 devitalizzato, 48 incluso, Classe di Black II. Impronta a Laboratorio. Sciacqui con Curasept. Richiamo da Igienista.',
  'Turni: Mattino A, Pomeriggio B, Notte C. Reperibile: Dr. A, Ferragosto: Squadra Verde. Cambi con Coordinatrice.',
  'Cuore: Simpson 55 %, Doppler di Valsalva, Lown 2, Mobitz I. Holter da Ambulatorio. Terapia: Cardicor, Lasix, Lobivon.',
  'Gentile Signora, Le ricordiamo la Mammografia presso il Camper. Porti Tessera e Esami. Cordiali saluti, Lo Screening',
  'STAMPANTE PEDIATRIA BLOCCATA. LAVORO SPOSTATO A NIDO. CHIAMATO TECNICO. TONER DA KYOCERA.',
  'Parere della Commissione: Schema di Cologna, Criteri di Milano, Classificazione di Parigi, Carta di Venezia. Nessun voto contrario.',
  'Cappella di San Luca: Messa Sabato alle 17, Rosario in Maggio. Visita del Padre su richiesta a Suora. Silenzio, Grazie.',
];

const PORTUGUESE: readonly string[] = [
  'Acuidade 20/25 com Correção. Pressão por Goldmann 13/14. Encaminhado por Posto, visto em Retina. Colírio de Combigan.',
  'Discutido com Cirurgia, avaliado por Nefro, chamado Plantão. Transferido para Enfermaria com Maqueiro. Família de Acordo.',
  'Regressou de Angola com febre. Gota espessa negativa. Vacina de Febre Amarela antes da Amazónia. Consulta do Viajante em Maio.',
  'Remetente: Farmácia. Destino: Bloco. Médico: De serviço. Contacto: Secretariado. Local: Piso 3. Nome do remédio: Brufen.',
  'Ementa: Sopa Juliana, Bacalhau à Brás, Bife à Marrare, Pudim Abade de Priscos. Dieta: Arroz Carolino. Água do Luso.',
  'Escalas: Braden 17, Morse 45, Barthel 60, Zarit 30, Lawton 4. Feito por Enfermeiro de Reabilitação. Alta para Casa com Apoio.',
  'Contagem: Kelly 8, Kocher 4, Backhaus 6, Farabeuf 2, Balfour 1. Compressas certas. Confere com Circulante e com Instrumentista.',
  'Dente 26 restaurado, Classe de Angle I, moldagem para Laboratório. Bochecho com Periogard. Retorno com Prótese.',
  'Escala: Manhã A, Tarde B, Noite C. Sobreaviso: Dr. A, Carnaval: Equipe Azul. Trocas com Chefia até Quarta.',
  'Oncologia: esquema de Mayo, depois FOLFIRI. Guia do INCA, edição 4. Levado a Reunião por Residente. Conduta: Seguir.',
  'Aviso: Dengue em alta. Cubra Caixas, vire Pneus, use Repelente. Fonte: Vigilância. Dúvidas: Agente do Posto.',
];

const TURKISH: readonly string[] = [
  'Görme sağ 0,8, sol 0,6. Goldmann 14/15. Amsler doğal. Retina birimine yönlendirildi, Cosopt damla başlandı.',
  'Genel Cerrahi ile görüşüldü, Anestezi tarafından değerlendirildi, Servise devredildi. Yakınlarına bilgi verildi.',
  'Yurt dışı: Nijerya dönüşü ateş. Kalın damla negatif. Seyahat Sağlığı önerisi alındı. Sarı Humma aşısı yapıldı.',
  'Gönderen: Eczane. Bölüm: Dahiliye. Hekim: Nöbetçi. Konu: Reçete. Yer: Zemin Kat. İlaç adı: Beloc. İrtibat: Banko.',
  'Yemek: Ezogelin çorbası, Hünkar beğendi, İnegöl köfte, Kemalpaşa tatlısı. Tuzsuz: Pilav. Diyetisyen onayı ile.',
  'Nöbet: Gündüz A, Akşam B, Gece C. İcap: Dr. A, Bayram: Mavi Ekip. Değişim için Sorumlu Hemşireye başvurun.',
  'YAZICI POLIKLINIK DOGU KAPALI. IS ACILE AKTARILDI. BILGI ISLEM ARANDI. ETIKET KALMADI.',
  'Diş: 36 dolgu, 48 gömülü. Angle Sınıf II. Ölçü Laboratuvara gönderildi. Gargara: Kloroben. Kontrol Haziran başında.',
  'Ölçekler: Glasgow 15, Braden 16, İtaki 9, Barthel 70. Ameliyat öncesi Mallampati 2, Lee 1. Kardiyoloji uygun gördü.',
  'Sayın Hastamız, randevunuz yarın Göz Polikliniğindedir. Aç gelmeyiniz, Gözlük getiriniz. Saygılarımızla, Randevu Birimi',
];

export const CLEAN_TRAIN_MORE_SOUTH: readonly string[] = [...SPANISH, ...ITALIAN, ...PORTUGUESE, ...TURKISH];
